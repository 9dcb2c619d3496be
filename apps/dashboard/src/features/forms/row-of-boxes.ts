import type { FormBox } from '@authscript/prior-auth'

/** No box this narrow, in points, holds more than a character or two. */
const narrow = 24
/** Boxes of one row differ in height by less. */
const sameRow = 4
/** Two boxes of a row have less between them: a printed dash or slash. */
const widestGap = 24

/** Whether a text box holds only a character or two, as one box of a row that holds one value. */
export function isSmall({ kind, maxLength, places: [place] }: FormBox): boolean {
  if (kind !== 'text' || place === undefined) return false
  return maxLength === null ? place.width <= narrow : maxLength <= 2
}

/** The small boxes that stand side by side with this one, from the left, itself included. */
export function rowOf(box: FormBox, boxes: readonly FormBox[]): readonly FormBox[] {
  const [own] = box.places
  if (own === undefined || !isSmall(box)) return [box]
  const inLine = boxes
    .filter(isSmall)
    .filter(
      ({ places: [place] }) => place?.page === own.page && Math.abs(place.y - own.y) < sameRow,
    )
    .toSorted((one, other) => leftOf(one) - leftOf(other))
  const at = inLine.findIndex(({ name }) => name === box.name)
  const touches = (left: FormBox | undefined, right: FormBox | undefined) =>
    left !== undefined && right !== undefined && leftOf(right) - rightOf(left) <= widestGap
  let first = at
  let last = at
  while (touches(inLine[first - 1], inLine[first])) first -= 1
  while (touches(inLine[last], inLine[last + 1])) last += 1
  return inLine.slice(first, last + 1)
}

const leftOf = ({ places: [place] }: FormBox) => place?.x ?? 0
const rightOf = ({ places: [place] }: FormBox) => (place?.x ?? 0) + (place?.width ?? 0)
