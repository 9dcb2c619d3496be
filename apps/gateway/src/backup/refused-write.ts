const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'the path leads through a file as if it were a folder',
  EACCES: 'this user may not write into its folder',
  EPERM: 'this user may not write into its folder',
  EROFS: 'its folder is read-only',
  ENOSPC: 'its disk is full',
  EDQUOT: 'the quota of its disk is used up',
}

/** Why a file cannot be written, in words and with the code of the system: `its disk is full (ENOSPC)`. */
export function whyUnwritable(code: string): string {
  const reason = reasons[code]
  return reason === undefined ? code : `${reason} (${code})`
}
