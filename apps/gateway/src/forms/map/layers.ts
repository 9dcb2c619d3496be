import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
} from '@cantoo/pdf-lib'

export interface LayerState {
  readonly isSeen: boolean
  readonly isPrinted: boolean
}

const shown: LayerState = { isSeen: true, isPrinted: true }

/** Whether the layer of an annotation is visible and printed. An annotation without a layer is both. */
export function layersOf({ catalog, context }: PDFDocument): (annotation: PDFDict) => LayerState {
  const properties = dictOf(catalog.lookup(PDFName.of('OCProperties')))
  if (properties === undefined) return () => shown
  const settings = dictOf(properties.lookup(PDFName.of('D')))
  const refsOf = (key: string) => {
    const list = settings?.lookup(PDFName.of(key))
    return new Set((list instanceof PDFArray ? list.asArray() : []).map(String))
  }
  const on = refsOf('ON')
  const off = refsOf('OFF')
  const isOffAtFirst = String(settings?.lookup(PDFName.of('BaseState'))) === '/OFF'

  const stateOf = (layer: PDFObject | undefined): LayerState => {
    const dict = dictOf(layer === undefined ? undefined : context.lookup(layer))
    if (dict === undefined) return shown
    // A membership: seen if one of its layers is.
    const members = dict.get(PDFName.of('OCGs'))
    if (members !== undefined) {
      const found = context.lookup(members)
      const list = found instanceof PDFArray ? found.asArray() : [members]
      const states = list.map(stateOf)
      if (states.length === 0) return shown
      return {
        isSeen: states.some((one) => one.isSeen),
        isPrinted: states.some((one) => one.isPrinted),
      }
    }
    const ref = layer instanceof PDFRef ? String(layer) : ''
    const isOn = on.has(ref) || (!off.has(ref) && !isOffAtFirst)
    const usage = dictOf(dict.lookup(PDFName.of('Usage')))
    const isSetOff = (event: string, state: string) =>
      String(dictOf(usage?.lookup(PDFName.of(event)))?.lookup(PDFName.of(state))) === '/OFF'
    return {
      isSeen: isOn && !isSetOff('View', 'ViewState'),
      isPrinted: isOn && !isSetOff('Print', 'PrintState'),
    }
  }
  return (annotation) => stateOf(annotation.get(PDFName.of('OC')))
}

function dictOf(object: unknown): PDFDict | undefined {
  return object instanceof PDFDict ? object : undefined
}
