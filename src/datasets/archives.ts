/** The data sets that come as files: what the files are called, what they must hold, where to get them. */

/** One IDX file. `md5` is that of the unpacked content. */
export interface ArchiveFile {
  name: string;
  kind: 'images' | 'labels';
  count: number;
  md5: string;
}

export interface Archive {
  /** also what torchvision calls its folder */
  title: string;
  /** megabytes to download */
  megabytes: number;
  /** addresses of folders that hold the files with .gz added; tried in turn */
  mirrors: readonly string[];
  trainImages: ArchiveFile;
  trainLabels: ArchiveFile;
  testImages: ArchiveFile;
  testLabels: ArchiveFile;
}

/** The four files, smallest first: a dead mirror or a full disk shows soon. */
export function archiveFiles(archive: Archive): ArchiveFile[] {
  return [archive.testLabels, archive.trainLabels, archive.testImages, archive.trainImages];
}

/** Y. LeCun, C. Cortes, C. J. C. Burges. */
const mnist: Archive = {
  title: 'MNIST',
  megabytes: 11,
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist',
    'https://storage.googleapis.com/cvdf-datasets/mnist',
    'https://raw.githubusercontent.com/fgnt/mnist/master',
  ],
  ...files({
    trainImages: '6bbc9ace898e44ae57da46a324031adb',
    trainLabels: 'a25bea736e30d166cdddb491f175f624',
    testImages: '2646ac647ad5339dbf082846283269ea',
    testLabels: '27ae3e4e09519cfbb04c329615203637',
  }),
};

/** H. Xiao, K. Rasul, R. Vollgraf (Zalando SE). */
const fashionMnist: Archive = {
  title: 'FashionMNIST',
  megabytes: 31,
  mirrors: [
    'https://storage.googleapis.com/tensorflow/tf-keras-datasets',
    'https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion',
  ],
  ...files({
    trainImages: 'f4a8712d7a061bf5bd6d2ca38dc4d50a',
    trainLabels: '9018921c3c673c538a1fc5bad174d6f9',
    testImages: '8181f5470baa50b63fa0f6fddb340f0a',
    testLabels: '15d484375f8d13e6eb1aabb0c3f46965',
  }),
};

export const archives = { mnist, 'fashion-mnist': fashionMnist } as const;

type Files = Pick<Archive, 'trainImages' | 'trainLabels' | 'testImages' | 'testLabels'>;

/** Both sets use the same names and counts. */
function files(md5: Record<keyof Files, string>): Files {
  const images = (name: string, count: number, sum: string): ArchiveFile => ({
    name: `${name}-images-idx3-ubyte`,
    kind: 'images',
    count,
    md5: sum,
  });
  const labels = (name: string, count: number, sum: string): ArchiveFile => ({
    name: `${name}-labels-idx1-ubyte`,
    kind: 'labels',
    count,
    md5: sum,
  });
  return {
    trainImages: images('train', 60_000, md5.trainImages),
    trainLabels: labels('train', 60_000, md5.trainLabels),
    testImages: images('t10k', 10_000, md5.testImages),
    testLabels: labels('t10k', 10_000, md5.testLabels),
  };
}
