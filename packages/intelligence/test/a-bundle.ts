import { toBundle } from '@authscript/labelled-cases'
import type { ClinicalBundle, DocumentEntry } from '@authscript/prior-auth'

export { orderId, encounterDay } from '@authscript/labelled-cases'

/** A minimal chart for a lumbar MRI: only a coded diagnosis, unless the sketch says otherwise. */
export interface ChartSketch {
  readonly note?: string
  readonly code?: string
  readonly diagnoses?: readonly string[]
  readonly procedures?: readonly { readonly code: string; readonly daysAgo: number }[]
  readonly medications?: readonly string[]
  readonly incomplete?: readonly string[]
  readonly documents?: readonly DocumentEntry[]
}

export function aBundle(sketch: ChartSketch = {}): ClinicalBundle {
  const { note, code = '72148', diagnoses = ['M54.16'], procedures = [], medications = [] } = sketch
  const bundle = toBundle({
    order: { ...(code === '' ? {} : { code }), text: 'MRI lumbar spine' },
    conditions: diagnoses.map((one) => ({ code: one })),
    procedures,
    medications: medications.map((text) => ({ text })),
    ...(note === undefined ? {} : { note }),
    ...(sketch.incomplete === undefined ? {} : { incomplete: sketch.incomplete }),
  })
  return { ...bundle, documents: [...bundle.documents, ...(sketch.documents ?? [])] }
}
