export function chooseNode(
  root: string,
  current?: { readonly execPath: string; readonly version: string },
): string
export function isNewEnough(version: string): boolean
