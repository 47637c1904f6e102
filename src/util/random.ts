/**
 * The one source of randomness: a seeded, splittable generator (sfc32, seeded by hashing).
 *
 * `Random.of(seed, 'shuffle', 3)` gives an independent stream for each purpose, so that adding a draw
 * in one place never changes the numbers of another.
 */
export class Random {
  private constructor(
    private a: number,
    private b: number,
    private c: number,
    private counter: number,
  ) {}

  /** A stream that depends on the seed and on every part of the purpose. */
  static of(seed: number, ...purpose: (string | number)[]): Random {
    const text = [seed, ...purpose].join('\u0000');
    const words = [0, 1, 2].map((salt) => fnv1a(`${salt}\u0000${text}`));
    const random = new Random(words[0], words[1], words[2], 1);
    for (let i = 0; i < 16; i++) random.uint32();
    return random;
  }

  /** Uniform integer in [0, 2^32). sfc32 by C. Doty-Humphrey (PractRand). */
  uint32(): number {
    const t = (this.a + this.b + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = ((this.c << 21) | (this.c >>> 11)) + t;
    this.c |= 0;
    return t >>> 0;
  }

  /** Uniform in [low, high), 53 bits. */
  uniform(low = 0, high = 1): number {
    const unit = ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
    return low + (high - low) * unit;
  }

  /** Uniform integer in [0, n). */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Standard normal, by the Box–Muller transform. */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** A random permutation of 0..n-1 (Fisher–Yates). */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n);
    for (let i = 0; i < n; i++) order[i] = i; // a callback for each would take longer than the shuffle
    for (let i = n - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const held = order[i];
      order[i] = order[j];
      order[j] = held;
    }
    return order;
  }
}

/** 32-bit FNV-1a hash of a string's UTF-16 code units, finished with Murmur3's avalanche. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
