/** What may be attached to a request. */
export type AttachmentType = 'pdf' | 'png' | 'jpeg'

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const jpegStart = Buffer.from([0xff, 0xd8, 0xff])
/** Some programs write a few bytes before the header of a PDF; readers accept it within the first kilobyte. */
const pdfHeadWithin = 1024

/** The type by the file's own bytes: a name says nothing about the content. Undefined for everything else. */
export function fileTypeOf(bytes: Uint8Array): AttachmentType | undefined {
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, pdfHeadWithin))
  if (start.subarray(0, pngStart.length).equals(pngStart)) return 'png'
  if (start.subarray(0, jpegStart.length).equals(jpegStart)) return 'jpeg'
  return start.includes('%PDF-') ? 'pdf' : undefined
}
