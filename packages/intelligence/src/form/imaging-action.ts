import type { ImagingAction } from '@authscript/prior-auth'

/**
 * The modality that a CPT code's descriptor names, as radiology forms ask for it. Codes that fit no single box
 * have no entry, so the boxes stay blank: cardiac PET is both "PET" and "cardiac nuclear", spectroscopy and bone
 * density scans are neither.
 *
 * @see AMA CPT 2026, Radiology (70010-79999): descriptors "computed tomography", "… angiography", "magnetic
 * resonance …"
 */
const codesOf: Readonly<Partial<Record<ImagingAction, string>>> = {
  ct: '70450 70460 70470 70480-70482 70486-70488 70490-70492 71250 71260 71270 71271 72125-72133 72192-72194 73200-73202 73700-73702 74150 74160 74170 74176-74178 74261-74263 75571-75573 76380',
  cta: '70496 70498 71275 72191 73206 73706 74174 74175 75574 75635',
  mri: '70336 70540 70542 70543 70551-70555 71550-71552 72141 72142 72146-72149 72156-72158 72195-72197 73218-73223 73718-73723 74181-74183 74712 74713 75557 75559 75561 75563 75565 77046-77049 77084',
  mra: '70544-70549 71555 72159 72198 73225 73725 74185',
  pet: '78608 78609 78811-78816',
  cardiacNuclear: '78428 78451-78454 78466 78468 78469 78472 78473 78481 78483 78494 78496',
}

const actions: ReadonlyMap<string, ImagingAction> = new Map(
  Object.entries(codesOf).flatMap(([action, codes]) =>
    codes
      .split(' ')
      .flatMap(spelledOut)
      .map((code) => [code, action as ImagingAction] as const),
  ),
)

/** Undefined if the code does not clearly belong to one modality. */
export function imagingActionOf(cptCode: string | undefined): ImagingAction | undefined {
  return cptCode === undefined ? undefined : actions.get(cptCode)
}

function spelledOut(codes: string): readonly string[] {
  const [first = '', last = first] = codes.split('-')
  const count = Number(last) - Number(first) + 1
  return Array.from({ length: count }, (_, index) => String(Number(first) + index))
}
