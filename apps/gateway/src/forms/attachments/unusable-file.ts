/** A file that cannot be part of a request. The message is a sentence for the person who chose the file. */
export class UnusableFile extends Error {
  override readonly name = 'UnusableFile'
}
