import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { loadableParts } from './build/loadable-parts.ts'
import { precompressed } from './build/precompressed.ts'
import { smallerZod } from './build/smaller-zod.ts'

/** What every page needs, in one chunk: by default each set of modules that some lazy parts share is a chunk, and small ones compress worse. */
const ofEveryPage =
  /[\\/]node_modules[\\/](?:(?:react|react-dom|scheduler|use-sync-external-store|@tanstack|zod)[\\/]|lucide-react[\\/]dist[\\/]esm[\\/](?!icons))|vite[\\/]preload-helper|[\\/]src[\\/](?:(?:in-frame|clock|work-item|session-api|encounter)\.ts|api[\\/](?:client|attendance)\.ts)/

/** The smallest parts of our own that every page needs, and how icons are drawn: together they compress better. */
const smallOfEveryPage =
  /[\\/]apps[\\/]dashboard[\\/]src[\\/](?:clock|in-frame|api[\\/](?:client|attendance))\.ts|[\\/]packages[\\/]prior-auth[\\/]src[\\/]work-item\.ts|[\\/]lucide-react[\\/]dist[\\/]esm[\\/](?!icons)|vite[\\/]preload-helper/

/** What most parts that are loaded later have in common: each chunk that a part needs is named in the script of every page. */
const smallOfParts =
  /[\\/]apps[\\/]dashboard[\\/]src[\\/](?:ui[\\/](?:buttons|relative-time)|features[\\/]account[\\/]problem-text)\.tsx?/

export default defineConfig({
  plugins: [smallerZod(), react(), tailwindcss(), loadableParts(), precompressed()],
  build: {
    // Inlined assets would require an exception in the content security policy.
    assetsInlineLimit: 0,
    sourcemap: false,
    modulePreload: {
      // Each browser that the page supports has it.
      polyfill: false,
      // Only of the page itself: see loadableParts.
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
    // Schemas that the page does not use are left out.
    rolldownOptions: {
      treeshake: { manualPureFunctions: ['z'] },
      output: {
        codeSplitting: {
          groups: [
            { name: 'libraries', test: ofEveryPage },
            { name: 'small', test: smallOfEveryPage },
            { name: 'parts', test: smallOfParts },
          ],
        },
      },
    },
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': 'http://127.0.0.1:8080' } },
})
