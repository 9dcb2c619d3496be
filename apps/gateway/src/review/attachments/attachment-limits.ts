/** What an order may have in addition to its form. */
export interface AttachmentLimits {
  readonly maxFileBytes: number
  readonly maxFiles: number
  /** Of all files together, as they are sent. */
  readonly maxTotalBytes: number
}
