import { readdirSync, readFileSync } from 'node:fs'

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or directory',
  EISDIR: 'it is a directory',
  EEXIST: 'it is a file',
  ENOTDIR: 'the path leads through a file as if it were a directory',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ELOOP: 'its symbolic links lead in a circle',
  ENAMETOOLONG: 'the path is too long',
  EMFILE: 'too many files are open',
}

/** Why a file or folder of the configuration cannot be read, in words: `it is a directory (EISDIR)`. */
export function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code'
  return `${reasons[code] ?? 'it cannot be read'} (${code})`
}

/** The fault of a key that names a file which cannot be read. `expected`: what the file has to be, as in "a PEM file". */
function fileFault(key: string, file: string, expected: string, error: unknown): string {
  return `${key}: found ${JSON.stringify(file)}, and ${whyUnreadable(error)}; expected ${expected}`
}

/** The text of a file that `key` names, or a fault in place of it. */
export function readNamedFile(
  key: string,
  file: string,
  expected: string,
): { readonly text: string } | { readonly fault: string } {
  try {
    return { text: readFileSync(file, 'utf8') }
  } catch (error) {
    return { fault: fileFault(key, file, expected, error) }
  }
}

/** A fault when the folder that `key` names cannot be read. */
export function folderFault(key: string, folder: string, expected: string): string | undefined {
  try {
    readdirSync(folder)
    return undefined
  } catch (error) {
    return fileFault(key, folder, expected, error)
  }
}
