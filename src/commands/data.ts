import type { Command } from './command';
import { digitsOptions, getDigits } from './digits';

export const command: Command = {
  name: 'data',
  about: 'get a data set, check it, and say where it came from',
  help: 'Looks in $EQUISPHERE_DATA, then in data/, then downloads; checksums are compared. Exits with 2 if it\ncannot be had.',
  options: digitsOptions,
  run: async (values, context) => {
    await getDigits({ dataset: 'mnist', ...values }, context);
  },
};
