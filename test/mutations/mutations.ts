/** One way to break the library. */
export interface Mutation {
  name: string;
  file: string;
  /** stands once in the file */
  find: string;
  replace: string;
  /** words in the paths of the tests, one of which must fail */
  tests: readonly string[];
}

export const mutations: readonly Mutation[] = [];
