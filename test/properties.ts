import fc from 'fast-check';
import { type Rotation, rotationZYZ } from '../src/math/rotation';
import { Random } from '../src/util/random';

/** Asserts a property for so many cases, the same ones each time; what fails is told with its smallest case. */
export function holds<Ts>(property: fc.IPropertyWithHooks<Ts> | fc.IProperty<Ts>, cases = 200): void {
  fc.assert(property, { seed: 1, numRuns: cases });
}

const turn = fc.double({ min: -10, max: 10, noNaN: true });

/** Polar angles, many of them next to a pole. */
const tilt = fc.oneof(
  fc.double({ min: 0, max: Math.PI, noNaN: true }),
  fc
    .tuple(fc.constantFrom(0, Math.PI), fc.double({ min: 0, max: 17, noNaN: true }))
    .map(([pole, digits]) => Math.abs(pole - 10 ** -digits)),
  fc.constantFrom(0, Math.PI / 2, Math.PI),
);

export const rotations: fc.Arbitrary<Rotation> = fc
  .tuple(turn, tilt, turn)
  .map(([alpha, beta, gamma]) => rotationZYZ(alpha, beta, gamma));

/** Normal numbers, as many as are asked for, by a seed. */
export const normals: fc.Arbitrary<(count: number) => Float64Array> = fc.nat(1e6).map((seed) => {
  const random = Random.of(seed, 'properties');
  return (count) => Float64Array.from({ length: count }, () => random.normal());
});
