/*
 * Draws plotly figures in JupyterLab and Jupyter Notebook 7: an extension as webpack's module federation would build
 * it, written by hand, with plotly from beside it. Until plotly is there, and without it, the picture shows.
 */
(() => {
  const name = 'equisphere-figures';
  const mimeType = 'application/vnd.plotly.v1+json';
  const plotlyUrl = new URL('plotly.js', document.currentScript.src).href;
  let shared; // packages of JupyterLab
  let plotly;

  function loadPlotly() {
    plotly ??= new Promise((resolve, reject) => {
      const script = document.createElement('script');
      script.src = plotlyUrl;
      script.onload = () => resolve(window.Plotly);
      script.onerror = () =>
        reject(new Error(`${name}: no plotly at ${plotlyUrl}: start Jupyter by "npm run lab"`));
      document.head.append(script);
    });
    return plotly;
  }

  async function packageOf(name) {
    const [version] = Object.values(shared[name]);
    return (await version.get())();
  }

  async function mimeExtension() {
    const { Widget } = await packageOf('@lumino/widgets');

    class FigureWidget extends Widget {
      renderModel({ data }) {
        this.data = data;
        const picture = document.createElement('img');
        picture.src = `data:image/png;base64,${data['image/png']}`;
        picture.alt = data['text/plain'];
        picture.width = data[mimeType].layout.width;
        this.node.replaceChildren(picture);
        return this.isVisible ? this.draw() : Promise.resolve();
      }

      onAfterShow() {
        void this.draw();
      }

      onAfterAttach() {
        if (this.isVisible) void this.draw();
      }

      /** Plotly measures its texts, so it draws what is seen only. */
      async draw() {
        const { data } = this;
        if (!data || this.drawn === data) return;
        this.drawn = data;
        try {
          const { newPlot } = await loadPlotly();
          const copy = structuredClone(data[mimeType]); // plotly writes into it
          const figure = document.createElement('div');
          figure.ariaLabel = data['text/plain'];
          this.node.replaceChildren(figure);
          await newPlot(figure, copy.data, copy.layout, { displaylogo: false });
        } catch (error) {
          console.warn(error);
        }
      }
    }

    const createRenderer = () => new FigureWidget();
    return {
      default: {
        id: `${name}:plugin`,
        rendererFactory: { safe: true, mimeTypes: [mimeType], createRenderer },
        rank: 0,
        dataType: 'json',
      },
      __esModule: true,
    };
  }

  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB[name] = {
    init: (scope) => {
      shared = scope;
    },
    get: async () => {
      const extension = await mimeExtension();
      return () => extension;
    },
  };
})();
