/** Languages of the interface; the server's own texts are written in the first and kept in the others. */
export const languages = ['en', 'fi'] as const;
export type Language = (typeof languages)[number];

const known = (tag: string): Language | undefined =>
  languages.find((language) => tag === language || tag.startsWith(`${language}-`));

/**
 * The language that a request asks for by its Accept-Language: the known one of the greatest weight, the first of
 * equals; undefined where it names none that we speak.
 */
export function askedFor(header: string | undefined): Language | undefined {
  const wanted = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
    return { language: known(tag), weight: weight === undefined ? 1 : Number(weight) };
  });
  return wanted
    .filter(({ language, weight }) => language !== undefined && weight > 0)
    .sort((a, b) => b.weight - a.weight)[0]?.language;
}
