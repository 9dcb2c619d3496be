/** Several times what a page of a real document needs. */
const maxBytes = 64 * 1024 * 1024

/**
 * Refuses byte arrays beyond a limit in this thread. A thread's own limits count its heap only, and a few kilobytes of a PDF can be
 * unpacked to gigabytes outside of it. The stream decompressor gathers such bytes where no limit can be set, so that pdf.js is left with
 * its own, which fills one growing array.
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
