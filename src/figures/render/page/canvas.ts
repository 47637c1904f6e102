import type { DOMWindow } from 'jsdom';
import { encodePng } from './png';

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** Gives the page's canvas what plotly's heatmaps use of it: pixels in, a PNG out. */
export function installCanvas(window: DOMWindow): void {
  const images = new WeakMap<object, Pixels>();
  Object.assign(window.HTMLCanvasElement.prototype, {
    getContext(this: HTMLCanvasElement, kind: string) {
      if (kind !== '2d') return null;
      return {
        createImageData: (width: number, height: number): Pixels => ({
          width,
          height,
          data: new Uint8ClampedArray(4 * width * height),
        }),
        putImageData: (pixels: Pixels) => images.set(this, pixels),
      };
    },
    toDataURL(this: HTMLCanvasElement) {
      const { width, height, data } = images.get(this)!;
      return `data:image/png;base64,${encodePng(width, height, data).toString('base64')}`;
    },
  });
  // Plotly then embeds a heatmap as one pixel a cell, which every viewer enlarges without blurring.
  Object.assign(window, { CSS: { supports: () => true } });
}
