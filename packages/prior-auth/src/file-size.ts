const megabyte = 1024 * 1024

/** `10 MB`, `240 KB`: the size of a file as people read it. */
export function fileSize(bytes: number): string {
  if (bytes < megabyte) return `${Math.max(1, Math.round(bytes / 1024))} KB`
  const megabytes = bytes / megabyte
  return `${megabytes >= 10 ? Math.round(megabytes) : Math.round(megabytes * 10) / 10} MB`
}
