export { panelBytes, sgemm } from './gemm';
