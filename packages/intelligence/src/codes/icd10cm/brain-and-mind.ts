/**
 * Parkinson and other brain disease, mood and sleep, eye nerves, and other reasons to see a neurologist. Read on
 * coders' pages of FY2026: G31.86 and G93.40-.45; in a tabular list of FY2024: the codes F02.8-F02.C and
 * G31.0-G31.2. The rest is from memory of the tabular list, as are the first days: F32.81-.89 FY2017, I67.85x
 * FY2019, F32.A FY2022, F02.A-C and G93.3x FY2023, G20.A-C, G31.80, G31.86, G37.8x and G93.42-.44 FY2024, G93.45
 * FY2025.
 */
export const brainAndMind = `
F02 dementia in other diseases
F02.8 dementia in other diseases, severity unspecified
F02.80 dementia in other diseases, without disturbance
F02.81 dementia in other diseases, with behavioral disturbance
F02.811 dementia in other diseases, with agitation @2022-10-01
F02.818 dementia in other diseases, with other behavioral disturbance @2022-10-01
F02.82 dementia in other diseases, with psychotic disturbance @2022-10-01
F02.83 dementia in other diseases, with mood disturbance @2022-10-01
F02.84 dementia in other diseases, with anxiety @2022-10-01
F02.A<dementia> mild dementia in other diseases @2022-10-01
F02.B<dementia> moderate dementia in other diseases @2022-10-01
F02.C<dementia> severe dementia in other diseases @2022-10-01
F32 depressive episode
F32.0 depressive episode, mild
F32.1 depressive episode, moderate
F32.2 depressive episode, severe, without psychosis
F32.3 depressive episode, severe, with psychosis
F32.4 depressive episode, in partial remission
F32.5 depressive episode, in full remission
F32.8 other depressive episodes
F32.81 premenstrual dysphoric disorder @2016-10-01
F32.89 other depressive episode @2016-10-01
F32.9 depressive episode, unspecified
F32.A depression, unspecified @2021-10-01
F33 recurrent depression
F33.0 recurrent depression, mild
F33.1 recurrent depression, moderate
F33.2 recurrent depression, severe, without psychosis
F33.3 recurrent depression, severe, with psychosis
F33.4 recurrent depression, in remission
F33.40 recurrent depression, in remission, unspecified
F33.41 recurrent depression, in partial remission
F33.42 recurrent depression, in full remission
F33.8 other recurrent depression
F33.9 recurrent depression, unspecified
F34 persistent mood disorders
F34.0 cyclothymia
F34.1 dysthymia
F34.8 other persistent mood disorders
F34.81 disruptive mood dysregulation @2016-10-01
F34.89 other persistent mood disorder @2016-10-01
F34.9 persistent mood disorder, unspecified
F51.0 insomnia not from a substance or a known condition
F51.01 primary insomnia
F51.02 adjustment insomnia
F51.03 paradoxical insomnia
F51.04 psychophysiologic insomnia
F51.05 insomnia from another mental disorder
F51.09 other insomnia, not from a substance or a known condition
G20 Parkinson disease
G20.A Parkinson disease without dyskinesia @2023-10-01
G20.A1 Parkinson disease without dyskinesia or fluctuations @2023-10-01
G20.A2 Parkinson disease without dyskinesia, with fluctuations @2023-10-01
G20.B Parkinson disease with dyskinesia @2023-10-01
G20.B1 Parkinson disease with dyskinesia, without fluctuations @2023-10-01
G20.B2 Parkinson disease with dyskinesia and fluctuations @2023-10-01
G20.C parkinsonism, unspecified @2023-10-01
G31 other degenerative brain disease
G31.0 frontotemporal dementia
G31.01 Pick disease
G31.09 other frontotemporal dementia
G31.1 senile degeneration of the brain
G31.2 degeneration from alcohol
G31.8 other degenerative brain disease, specified
G31.80 leukodystrophy, unspecified @2023-10-01
G31.81 Alpers disease
G31.82 Leigh disease
G31.83 dementia with Lewy bodies
G31.84 mild cognitive impairment
G31.85 corticobasal degeneration
G31.86 Alexander disease @2023-10-01
G31.89 other degenerative brain disease, not elsewhere classified
G31.9 degenerative brain disease, unspecified
G36 other acute disseminated demyelination
G36.0 neuromyelitis optica
G36.1 acute hemorrhagic leukoencephalitis
G36.8 other acute disseminated demyelination, specified
G36.9 acute disseminated demyelination, unspecified
G37 other demyelinating disease
G37.0 diffuse sclerosis
G37.1 central demyelination of the corpus callosum
G37.2 central pontine myelinolysis
G37.3 acute transverse myelitis
G37.4 subacute necrotizing myelitis
G37.5 concentric sclerosis
G37.8 other demyelinating disease, specified
G37.81 myelin oligodendrocyte glycoprotein antibody disease @2023-10-01
G37.89 other demyelinating disease, not elsewhere classified @2023-10-01
G37.9 demyelinating disease, unspecified
G47.0 insomnia
G47.00 insomnia, unspecified
G47.01 insomnia from a medical condition
G47.09 other insomnia
G47.1 hypersomnia
G47.10 hypersomnia, unspecified
G47.11 idiopathic hypersomnia with long sleep
G47.12 idiopathic hypersomnia without long sleep
G47.13 recurrent hypersomnia
G47.14 hypersomnia from a medical condition
G47.19 other hypersomnia
G82 paraplegia and quadriplegia
G82.2 paraplegia
G82.20 paraplegia, unspecified
G82.21 paraplegia, complete
G82.22 paraplegia, incomplete
G82.5 quadriplegia
G82.50 quadriplegia, unspecified
G82.51 quadriplegia, C1-C4, complete
G82.52 quadriplegia, C1-C4, incomplete
G82.53 quadriplegia, C5-C7, complete
G82.54 quadriplegia, C5-C7, incomplete
G91 hydrocephalus
G91.0 communicating hydrocephalus
G91.1 obstructive hydrocephalus
G91.2 normal pressure hydrocephalus
G91.3 post-traumatic hydrocephalus
G91.4 hydrocephalus in another disease
G91.8 other hydrocephalus
G91.9 hydrocephalus, unspecified
G93 other brain disorders
G93.0 cerebral cysts
G93.1 anoxic brain damage
G93.2 benign intracranial hypertension
G93.3 postviral and related fatigue syndromes
G93.31 postviral fatigue syndrome @2022-10-01
G93.32 chronic fatigue syndrome @2022-10-01
G93.39 other fatigue syndrome after infection @2022-10-01
G93.4 other encephalopathy
G93.40 encephalopathy, unspecified
G93.41 metabolic encephalopathy
G93.42 megalencephalic leukoencephalopathy with subcortical cysts @2023-10-01
G93.43 leukoencephalopathy with calcifications and cysts @2023-10-01
G93.44 adult-onset leukodystrophy with axonal spheroids @2023-10-01
G93.45 developmental and epileptic encephalopathy @2024-10-01
G93.49 other encephalopathy, specified
G93.5 compression of the brain
G93.6 cerebral edema
G93.7 Reye syndrome
G93.8 other brain disorders, specified
G93.81 temporal sclerosis
G93.82 brain death
G93.89 other brain disorder
G93.9 brain disorder, unspecified
H46 optic neuritis
H46.0<RLB0> optic papillitis, * eye
H46.1<RLB0> retrobulbar neuritis, * eye
H46.2 nutritional optic neuropathy
H46.3 toxic optic neuropathy
H46.8 other optic neuritis
H46.9 optic neuritis, unspecified
H49 paralytic strabismus
H49.0<RLB0> third nerve palsy, * eye
H49.1<RLB0> fourth nerve palsy, * eye
H49.2<RLB0> sixth nerve palsy, * eye
H49.3<RLB0> total external ophthalmoplegia, * eye
H49.4<RLB0> progressive external ophthalmoplegia, * eye
H49.8 other paralytic strabismus
H49.81<RLB9> Kearns-Sayre syndrome, * eye
H49.88<RLB9> other paralytic strabismus, * eye
H49.9 paralytic strabismus, unspecified
I67 other cerebrovascular disease
I67.0 dissection of cerebral arteries, not ruptured
I67.1 cerebral aneurysm, not ruptured
I67.2 cerebral atherosclerosis
I67.3 progressive vascular leukoencephalopathy
I67.4 hypertensive encephalopathy
I67.5 moyamoya disease
I67.6 nonpyogenic thrombosis of intracranial veins
I67.7 cerebral arteritis
I67.8 other cerebrovascular disease, specified
I67.81 acute cerebrovascular insufficiency
I67.82 cerebral ischemia
I67.83 posterior reversible encephalopathy
I67.84 cerebral vasospasm and vasoconstriction
I67.841 reversible cerebrovascular vasoconstriction
I67.848 other cerebrovascular vasospasm and vasoconstriction
I67.85 hereditary cerebrovascular disease @2018-10-01
I67.850 cerebral autosomal dominant arteriopathy with infarcts @2018-10-01
I67.858 other hereditary cerebrovascular disease @2018-10-01
I67.89 other cerebrovascular disease, not elsewhere classified
I67.9 cerebrovascular disease, unspecified
R20 disturbed skin sensation
R20.0 anesthesia of the skin
R20.1 hypoesthesia of the skin
R20.2 paresthesia of the skin
R20.3 hyperesthesia
R20.8 other disturbed skin sensation
R20.9 disturbed skin sensation, unspecified
R25 abnormal involuntary movements
R25.0 abnormal head movements
R25.1 tremor, unspecified
R25.2 cramp and spasm
R25.3 fasciculation
R25.8 other abnormal involuntary movements
R25.9 abnormal involuntary movements, unspecified
R27 other lack of coordination
R27.0 ataxia, unspecified
R27.8 other lack of coordination, specified
R27.9 lack of coordination, unspecified
R29.8 other symptoms of the nervous and musculoskeletal systems
R29.81 other symptoms of the nervous system
R29.810 facial weakness
R29.818 other symptom of the nervous system
R29.89 other symptoms of the musculoskeletal system
R29.890 loss of height
R29.891 ocular torticollis
R29.898 other symptom of the musculoskeletal system
R47 speech disturbances
R47.0 dysphasia and aphasia
R47.01 aphasia
R47.02 dysphasia
R47.1 dysarthria and anarthria
R47.8 other speech disturbances
R47.81 slurred speech
R47.82 fluency disorder in another condition
R47.89 other speech disturbance
R47.9 speech disturbance, unspecified
`
