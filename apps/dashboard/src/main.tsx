import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { noticePeople } from './api/attendance.ts'
import { RequestFailed } from './api/client.ts'
import { createPageRouter } from './router.tsx'
import './styles.css'

noticePeople()
const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5000,
      // The browser may say that it is offline while the gateway, on this computer or in the practice, answers.
      networkMode: 'always',
      // Only temporary failures are retried: a refused request would be refused again.
      retry: (count, error) =>
        count < 3 &&
        (!(error instanceof RequestFailed) ||
          error.problem.status === 0 ||
          error.problem.status >= 500),
    },
    mutations: { networkMode: 'always' },
  },
})

const router = createPageRouter(queryClient)

const element = document.getElementById('root')
if (element !== null) {
  createRoot(element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </StrictMode>,
  )
}
