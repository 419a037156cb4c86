import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawInteger, drawWeighted, type RandomSource } from '../../randomisation/index.ts';

/** Gives out the listed bytes one by one. */
function recorded(bytes: number[]): RandomSource & { left: number } {
  let at = 0;
  return {
    get left() {
      return bytes.length - at;
    },
    generate(length) {
      if (at + length > bytes.length) throw new Error('no more bytes');
      at += length;
      return Uint8Array.from(bytes.slice(at - length, at));
    },
  };
}

describe('drawInteger', () => {
  it('is exactly uniform: over all first bytes that are not rejected, each value comes up equally often', () => {
    for (const below of [2, 3, 5, 10, 100, 128, 129, 200, 256]) {
      const times = new Map<bigint, number>();
      for (let byte = 0; byte < 256; byte++) {
        const source = recorded([byte]);
        try {
          const value = drawInteger(source, BigInt(below));
          times.set(value, (times.get(value) ?? 0) + 1);
        } catch {
          // Rejected: a second byte was asked for.
        }
      }
      expect(times.size).toBe(below);
      expect(new Set(times.values()).size).toBe(1);
    }
  });

  it('takes as many bytes as it needs, big-endian, and drops the surplus high bits', () => {
    // below = 1,000: 10 bits, 2 bytes. 0xff 0xff → 1,023, rejected; 0xfe 0x05 → 0x205 = 517.
    const source = recorded([0xff, 0xff, 0xfe, 0x05, 0x00]);
    expect(drawInteger(source, 1000n)).toBe(517n);
    expect(source.left).toBe(1);
  });

  it('takes nothing where there is no choice', () => {
    expect(drawInteger(recorded([]), 1n)).toBe(0n);
    expect(() => drawInteger(recorded([0]), 0n)).toThrow(RangeError);
  });

  it('keeps numbers far beyond doubles exact', () => {
    const below = 2n ** 70n + 1n;
    expect(drawInteger(recorded([0x40, 0, 0, 0, 0, 0, 0, 0, 0]), below)).toBe(2n ** 70n);
  });
});

describe('drawWeighted', () => {
  it('gives each position as many of the equally likely numbers as its weight', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }), (weights) => {
        const sum = weights.reduce((total, weight) => total + weight, 0);
        fc.pre(sum >= 1 && sum <= 256);
        const times = weights.map(() => 0);
        for (let byte = 0; byte < 2 ** Math.ceil(Math.log2(sum)); byte++) {
          if (byte < sum) times[drawWeighted(recorded([byte]), weights.map(BigInt))]! += 1;
        }
        expect(times).toEqual(weights);
      }),
    );
  });
});
