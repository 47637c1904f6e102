import { checkInteger } from '../util/check';

/** @throws UsageError unless all are integers from 0 to count - 1 */
export function checkClasses(what: string, classes: ArrayLike<number>, count: number): void {
  for (let i = 0; i < classes.length; i++)
    if (!(classes[i] >= 0 && classes[i] < count && Number.isInteger(classes[i])))
      checkInteger(`${what}[${i}]`, classes[i], 0, count - 1);
}
