/* Draws plotly figures in Jupyter Notebook 6, with plotly from beside it. Without plotly the picture shows. */
define(['base/js/namespace', 'notebook/js/outputarea'], (Jupyter, { OutputArea }) => {
  const mimeType = 'application/vnd.plotly.v1+json';

  /** Called by the notebook with an OutputArea as `this`. */
  function append(figure, metadata, element) {
    const output = this.create_output_subarea(metadata, 'output_figure', mimeType);
    element.append(output);
    const { data, layout } = structuredClone(figure); // plotly writes into it
    const draw = () => window.Plotly.newPlot(output[0], data, layout, { displaylogo: false });
    requestAnimationFrame(draw); // when the output is on the page: plotly measures its texts
    return output;
  }

  function drawWhatIsThere() {
    for (const cell of Jupyter.notebook.get_cells())
      if (cell.output_area?.outputs.some(({ data }) => data?.[mimeType]))
        Jupyter.notebook.render_cell_output(cell);
  }

  return {
    load_ipython_extension() {
      require(['nbextensions/equisphere-figures/plotly'], () => {
        OutputArea.prototype.register_mime_type(mimeType, append, { safe: true, index: 0 });
        if (Jupyter.notebook._fully_loaded) drawWhatIsThere();
        else Jupyter.notebook.events.on('notebook_loaded.Notebook', drawWhatIsThere);
      });
    },
  };
});
