import { join, relative } from 'node:path';
import ts from 'typescript';
import { codeCells, readNotebook } from '../../src/notebook/ipynb';
import { repositoryRoot } from '../../src/util/files';

/** The code of a notebook as one module in the repository's root, where the kernel sees it too. */
interface NotebookModule {
  notebook: string;
  file: string;
  text: string;
  /** Index of the first line of each cell. */
  starts: number[];
}

/** Ends a cell: the next one may start with a bracket. */
const SEPARATOR = '\n;\n';

/**
 * Checks the code cells of notebooks by the rules of tsconfig.json, with `await` allowed at the top.
 * A name may be declared only once in a notebook.
 * @returns one line for each problem: `notebooks/03-harmonics.ipynb: cell 4, line 2: Type ... (TS2322)`; cells are
 *   numbered as in `In [n]`
 * @throws UsageError if a path is no notebook.
 */
export function typecheckNotebooks(paths: readonly string[]): string[] {
  const modules = paths.map(toModule);
  const program = ts.createProgram({
    rootNames: modules.map((module) => module.file),
    options: compilerOptions(),
    host: hostWith(modules),
  });
  return modules.flatMap((module) => {
    const source = program.getSourceFile(module.file)!;
    return ts.getPreEmitDiagnostics(program, source).map((problem) => describe(module, source, problem));
  });
}

function toModule(notebook: string, index: number): NotebookModule {
  const starts: number[] = [];
  let text = 'export {};\n';
  for (const { source } of codeCells(readNotebook(notebook))) {
    starts.push(text.split('\n').length - 1);
    text += source + SEPARATOR;
  }
  return {
    notebook,
    file: join(repositoryRoot, `__notebook_${index}__.ts`).replaceAll('\\', '/'),
    text,
    starts,
  };
}

/** The project's, with modules as tslab treats them. */
function compilerOptions(): ts.CompilerOptions {
  const path = join(repositoryRoot, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, repositoryRoot, {}, path);
  return {
    ...options,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    noEmit: true,
  };
}

/** A compiler host that sees the modules beside the files on the disk. */
function hostWith(modules: readonly NotebookModule[]): ts.CompilerHost {
  const host = ts.createCompilerHost(compilerOptions());
  const virtual = new Map(modules.map(({ file, text }) => [file, text]));
  const { fileExists, readFile } = host;
  host.getCurrentDirectory = () => repositoryRoot;
  host.fileExists = (path) => virtual.has(path) || fileExists(path);
  host.readFile = (path) => virtual.get(path) ?? readFile(path);
  return host;
}

function describe(module: NotebookModule, source: ts.SourceFile, problem: ts.Diagnostic): string {
  const { line } = ts.getLineAndCharacterOfPosition(source, problem.start ?? 0);
  const cell = module.starts.filter((start) => start <= line).length;
  const place = `cell ${cell}, line ${line - (module.starts[cell - 1] ?? 0) + 1}`;
  const message = ts.flattenDiagnosticMessageText(problem.messageText, '; ').replace(/\s*\n\s*/g, ' ');
  return `${relative('', module.notebook)}: ${place}: ${message} (TS${problem.code})`;
}
