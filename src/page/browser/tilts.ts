/** The generalised golden ratio of two dimensions, x^3 = x + 1. */
const ratio = 1.324717957244746;

/**
 * Tilt number i of a sequence that covers all tilts ever more densely and evenly (M. Roberts, "The unreasonable
 * effectiveness of quasirandom sequences", 2018), as its place in the unit disc of turn.ts.
 */
export function tiltPlace(i: number): [right: number, up: number] {
  const radius = Math.sqrt((0.5 + (i + 1) / ratio) % 1);
  const angle = 2 * Math.PI * ((0.5 + (i + 1) / ratio ** 2) % 1);
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}
