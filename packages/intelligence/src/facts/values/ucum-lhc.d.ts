/** The library has no type declarations; these are the two calls that `units.ts` uses. */
declare module '@lhncbc/ucum-lhc' {
  export const UcumLhcUtils: {
    getInstance(): {
      convertUnitTo(
        from: string,
        value: number,
        to: string,
      ): {
        readonly status: 'succeeded' | 'failed' | 'error'
        readonly toVal: number | null
        readonly msg: readonly string[]
      }
      validateUnitString(unit: string): { readonly status: 'valid' | 'invalid' | 'error' }
    }
  }
}
