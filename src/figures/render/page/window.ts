import { readFileSync } from 'node:fs';
import { TextDecoder, TextEncoder } from 'node:util';
import { type DOMWindow, JSDOM } from 'jsdom';
import type * as PlotlyModule from 'plotly.js-dist';
import { svgPathProperties } from 'svg-path-properties';
import { Random } from '../../../util/random';
import { domRect, localBox, pageBox } from './boxes';
import { installCanvas } from './canvas';
import { textWidth } from './text';

/** A page without a browser, with plotly in it. */
export type Page = DOMWindow & { Plotly: typeof PlotlyModule };

let loaded: Page | undefined;

/** The page that all figures are drawn in; loading plotly takes about a second, once. */
export function plotlyPage(): Page {
  loaded ??= load();
  return loaded;
}

/** Restarts the page's random numbers, from which plotly makes its ids. */
export function resetRandom(page: Page): void {
  const random = Random.of(0, 'plotly ids');
  (page.eval('Math') as Math).random = () => random.uniform();
}

function load(): Page {
  const { window } = new JSDOM('<!DOCTYPE html><body></body>', {
    runScripts: 'outside-only',
    pretendToBeVisual: true,
  });
  Object.assign(window, { TextDecoder, TextEncoder });
  Object.assign(window.URL, { createObjectURL: () => 'blob:', revokeObjectURL: () => undefined });
  installCanvas(window);
  installGeometry(window);
  window.eval(readFileSync(require.resolve('plotly.js-dist'), 'utf8'));
  return window as Page;
}

/** Sizes and path lengths of SVG elements, which jsdom lacks. */
function installGeometry(window: DOMWindow): void {
  Object.assign(window.SVGElement.prototype, {
    getBBox(this: Element) {
      return domRect(localBox(this));
    },
    getBoundingClientRect(this: Element) {
      return domRect(pageBox(this));
    },
    getComputedTextLength(this: Element) {
      return textWidth(this.closest('text')!, this);
    },
    getTotalLength(this: Element) {
      return pathOf(this).getTotalLength();
    },
    getPointAtLength(this: Element, length: number) {
      return pathOf(this).getPointAtLength(length);
    },
  });
}

function pathOf(element: Element) {
  return new svgPathProperties(element.getAttribute('d') ?? 'M0,0');
}
