/** What an order may carry beside its form. */
export interface AttachmentLimits {
  readonly maxFileBytes: number
  readonly maxFiles: number
  /** Of all files together, as they are sent. */
  readonly maxTotalBytes: number
}
