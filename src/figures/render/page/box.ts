/** A rectangle with edges parallel to the axes, in pixels. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}
