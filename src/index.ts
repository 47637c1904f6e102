/**
 * equisphere's public face: what the notebooks import.
 *
 *   import * as es from "./src/index";
 */

// The engine

export { type EngineName, type EngineReport, formatReasons, formatReport } from './engine/contract/report';
export { type EngineOptions, startEngine } from './engine/start';

// Mathematics: rotations, grids, harmonics, transforms in float64

export { azimuths, betas, quadratureWeights } from './math/grid';
export {
  anglesZYZ,
  identity,
  inverse,
  multiply,
  type Rotation,
  randomRotation,
  rotationFromUniforms,
  rotationZYZ,
} from './math/rotation';
export { rotateS2, rotateSO3 } from './math/spectral_rotation';
export { s2Analysis, s2Synthesis, so3Analysis, so3Synthesis } from './math/transform';
export { realRotationMatrix, realWignerMatrices, wignerByDegree, wignerMatrix } from './math/wigner';
export { Random } from './util/random';

// Data

export type { DatasetName, Digits, ImageSet } from './datasets/digits';
export { drawGlyphs } from './datasets/glyphs';
export { loadDigits } from './datasets/load';
export { segmentationMask } from './datasets/mask';
export { projectToSphere } from './datasets/project';
export { SphereSampler, type SphericalDataset, sphericalDataset } from './datasets/spherical';
export { splitDigits } from './datasets/split';
export { type Task, tasks } from './datasets/task';
export { datasetTitle } from './datasets/title';

// Layers and models

export { groupPoints, kernelGrid, spherePoints } from './layers/kernel_grid';
export { S2Conv } from './layers/s2_conv';
export { SO3Conv } from './layers/so3_conv';
export { SO3Integrate } from './layers/so3_integrate';
export { SO3Shortcut } from './layers/so3_shortcut';
export { SO3ToS2 } from './layers/so3_to_s2';
export { type CnnConfig, cnn } from './models/cnn';
export { loadModel } from './models/files';
export { buildModel, modelNames, presets } from './models/presets';
export { type S2cnnConfig, s2cnn } from './models/s2cnn';

// Training and experiments

export { type Experiment, experiment, experimentId } from './experiments/experiment';
export { gridOf } from './experiments/grid';
export { tierOf } from './experiments/tiers';
export { runExperiment } from './running/runner';
export { evaluate, type Metrics } from './training/evaluate';
export { type History, train } from './training/loop';
export { confusionMatrix, segmentationMetrics } from './training/metrics';
export type { TrainOptions } from './training/options';
export type { TrainProgress } from './training/progress';
export type { ValidationRow } from './training/state';

// Results

export { meansBy, rowsOfFrame, where } from './results/frames';
export { type AnswerRow, readAnswers, readCosts, readRelu, readTrainingErrors } from './results/measurements';
export { loadNetwork, type NetworkCard, networkNames, type PublishedNetwork } from './results/networks';
export { openResults, readResults, resultsFolder } from './results/read';
export type { ResultRow, Results } from './results/rows';
export { openStore } from './results/store';

// Analysis

export { bootstrapSaturation } from './analysis/bootstrap';
export { equivarianceError, expectEquivariant, interpolationError } from './analysis/equivariance';
export { intervalCaption } from './analysis/interval';
export { readPaperCurves } from './analysis/paper';
export { type Point, pointsOf } from './analysis/points';
export { equivalentImages, fitSaturation, type SaturationFit, scoreAt } from './analysis/saturation';
export { type Choice, selectStudy } from './analysis/selection';
export { type Summary, summarise } from './analysis/summary';
export { tableRows } from './analysis/table';
export { imagesWithRotations, twoWayTable } from './analysis/two_way';
export { imagesWorth } from './analysis/worth';

// Figures

export { answersAtTestTime } from './figures/charts/answers_at_test_time';
export { besideThePaper } from './figures/charts/beside_the_paper';
export { collapse } from './figures/charts/collapse';
export { costVersusScore } from './figures/charts/cost_versus_score';
export { equivarianceErrorByLayer, type LayerError } from './figures/charts/equivariance_error_by_layer';
export { equivarianceVersusAugmentation } from './figures/charts/equivariance_versus_augmentation';
export { errorOverTraining } from './figures/charts/error_over_training';
export { gapByTask } from './figures/charts/gap_by_task';
export { imagesAgainstRotations } from './figures/charts/images_against_rotations';
export { paperCurves } from './figures/charts/paper_curves';
export { samples } from './figures/charts/samples';
export { paperSaturation, saturation } from './figures/charts/saturation';
export { trainingCurves } from './figures/charts/training_curves';
export { whatReluBreaks } from './figures/charts/what_relu_breaks';
export type { Figure } from './figures/parts/figure';
export { exportFigure } from './figures/render/export';
export { writeFigures } from './figures/write';

// Notebooks

export * as lessons from './lessons/index';
export { notebookCheck } from './notebook/inside/check';
export { display } from './notebook/inside/display';
export { showProgress } from './notebook/inside/progress_bar';
export { type OneExperiment, runOne } from './notebook/inside/run_one';
export { show } from './notebook/inside/show';
export { table } from './notebook/inside/table';
export { currentSignal } from './util/cell_signal';
