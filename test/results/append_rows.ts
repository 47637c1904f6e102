/* A process that appends validations to a store: FOLDER FIRST COUNT. */
import { openStore } from '../../src/results/store';
import { anExperiment, aValidationRow } from '../experiments/sample';

const [folder, first, count] = process.argv.slice(2);
const store = openStore(folder);
for (let i = 0; i < Number(count); i++) store.append(anExperiment(), aValidationRow(Number(first) + i));
