/** Several times the need of a page of a real document. */
const maxBytes = 64 * 1024 * 1024

/**
 * Limits the size of byte arrays in this thread. The thread's own limits only count its heap, and a few kilobytes of a PDF can unpack to
 * gigabytes outside of it. DecompressionStream is removed because its memory cannot be limited; pdf.js then uses its own decompressor,
 * which fills one growing array.
 */
export function limitAllocations(): void {
  const limited = <Type extends Uint8ArrayConstructor | Uint8ClampedArrayConstructor>(type: Type) =>
    new Proxy(type, {
      construct(target, parameters, newTarget) {
        const [length] = parameters as readonly unknown[]
        if (typeof length === 'number' && length > maxBytes)
          throw new RangeError(`an array of more than ${maxBytes} bytes`)
        return Reflect.construct(
          target,
          parameters,
          newTarget === limitedTypes.get(target) ? target : newTarget,
        ) as object
      },
    })
  const limitedTypes = new Map<unknown, unknown>()
  globalThis.Uint8Array = remember(limitedTypes, Uint8Array, limited(Uint8Array))
  globalThis.Uint8ClampedArray = remember(
    limitedTypes,
    Uint8ClampedArray,
    limited(Uint8ClampedArray),
  )
  Reflect.deleteProperty(globalThis, 'DecompressionStream')
}

function remember<Type>(types: Map<unknown, unknown>, type: Type, limited: Type): Type {
  types.set(type, limited)
  return limited
}
