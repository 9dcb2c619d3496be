import { HttpProblem } from './problem.ts'

/**
 * Refuses text that PostgreSQL cannot store, anywhere in a request: NUL, and halves of surrogate pairs. `path` names the location for the error.
 *
 * @throws {HttpProblem} 400
 */
export function refuseBadText(path: string, value: unknown): void {
  // A list instead of recursion, because a body may be nested very deeply.
  const open: (readonly [path: string, value: unknown])[] = [[path, value]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [where, one] = next
    if (typeof one === 'string') checkText(where, one)
    if (typeof one !== 'object' || one === null || Buffer.isBuffer(one)) continue
    for (const [key, inner] of Object.entries(one)) {
      checkText(`${where}: a key`, key)
      if (typeof inner === 'string' || typeof inner === 'object')
        open.push([placeIn(where, key), inner])
    }
  }
}

const longestPlace = 200

/** For deep locations the outer part is enough. */
function placeIn(where: string, key: string): string {
  return where.length > longestPlace ? where : `${where}.${key.slice(0, longestPlace - 1)}`
}

function checkText(where: string, text: string): void {
  if (!text.includes('\u0000') && text.isWellFormed()) return
  throw new HttpProblem(
    400,
    'text_invalid',
    `${where} holds a NUL character or half of a surrogate pair`,
  )
}
