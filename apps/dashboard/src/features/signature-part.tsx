import { lazyPart } from '../ui/lazy-part.tsx'

/** Loaded when somebody opens it: few do, and rarely. */
export const SignaturePart = lazyPart(
  async () => (await import('./signature/signature-page.tsx')).SignaturePage,
)
