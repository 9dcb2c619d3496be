import { lazyPart } from '../ui/lazy-part.tsx'

/** The sign-in with its script of its own: who is signed in never loads it. */
export const SignInPart = lazyPart(
  async () => (await import('./sign-in/sign-in-page.tsx')).SignInPage,
)
