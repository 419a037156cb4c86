import { readdirSync, readFileSync } from 'node:fs';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, test } from 'vitest';
import { finnish, served } from '../../../web/language/fi.ts';
import { sourceOf, textsOf } from './texts.ts';

const { texts, computed, bare } = textsOf('web');
const servedTexts = Object.keys(served);
const english = new Set(texts.map(({ text }) => text));

/** Names of a message's arguments and tags but for the sense, each once, in order; throws where the message can't be read. */
function argumentsOf(message: string): string[] {
  const names = new Set<string>();
  const look = (parts: unknown): void => {
    for (const part of parts as { type: number; value?: string; options?: object; children?: unknown }[]) {
      // 0 is literal text and 7 the number of a plural; every other part is named by what it takes.
      if (part.type !== 0 && part.type !== 7) names.add(`${part.type === 8 ? '<>' : ''}${part.value}`);
      for (const option of Object.values(part.options ?? {})) look((option as { value: unknown }).value);
      if (part.children) look(part.children);
    }
  };
  look(new IntlMessageFormat(message, 'en-GB').getAst());
  names.delete('sense');
  return [...names].sort();
}

describe('Finnish', () => {
  test('is there for every text of the interface', () => {
    expect([...english].filter((text) => finnish[text] === undefined)).toEqual([]);
  });

  test('takes the arguments and the tags of its English', () => {
    const differ = Object.entries(finnish).filter(
      ([text, words]) => argumentsOf(text).join() !== argumentsOf(words).join(),
    );
    expect(differ).toEqual([]);
  });

  test('is kept for no text that is gone, and once for each', () => {
    const folder = 'web/language/fi';
    const keys = readdirSync(folder).flatMap((name) =>
      Object.keys(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))),
    );
    expect(keys.filter((key) => !english.has(key))).toEqual([]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  });
});

/** Put together by the server: what a kind of record is called, where a form is, why somebody isn’t eligible. */
const composed =
  /^The (adverse event|medication|therapy session|protocol deviation)$|, \{place\}$|: \{why\}$|^Synthetic data, calibrated|, stratified by /;

describe('texts that come in English', () => {
  test('are said as the interface says the same text', () => {
    const both = servedTexts.filter((text) => english.has(text));
    expect(both.map((text) => [text, served[text as keyof typeof served]])).toEqual(
      both.map((text) => [text, finnish[text]]),
    );
  });

  test('are said by the server, its rules, or a list of the interface', () => {
    const code = sourceOf(['server', 'web/forms']);
    const gone = servedTexts.filter(
      (text) =>
        !composed.test(text) &&
        text.split(/\{\w+\}/).some((part) => part.trim() !== '' && !code.includes(part)),
    );
    expect(gone).toEqual([]);
  });
});

describe('texts of the interface', () => {
  test('are written out where they are said, so that they can be found', () => {
    expect(computed).toEqual([]);
  });

  test('name no argument as a tag of theirs: one value would stand for both', () => {
    const names = [...english].map((text) => ({ text, names: argumentsOf(text) }));
    const clashing = names.filter(({ names }) => names.some((name) => names.includes(`<>${name}`)));
    expect(clashing.map(({ text }) => text)).toEqual([]);
  });

  test('stand nowhere without a translation', () => {
    expect(bare).toEqual([]);
  });
});
