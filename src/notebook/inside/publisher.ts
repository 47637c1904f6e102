/** Sends a message of Jupyter's protocol on behalf of the running cell. */
type Publish = (type: 'display_data' | 'update_display_data', content: DisplayContent) => void;

export interface DisplayContent {
  /** One content in several forms: base64 for images, objects for JSON types. */
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** With an id, a later `update_display_data` replaces this output in place. */
  transient: { display_id?: string };
}

/** @returns the project's kernel's way to the notebook (jupyter/kernels/tslab/server.cjs); undefined outside it. */
export function publisher(): Publish | undefined {
  return (globalThis as Record<symbol, unknown>)[Symbol.for('equisphere.publish')] as Publish | undefined;
}
