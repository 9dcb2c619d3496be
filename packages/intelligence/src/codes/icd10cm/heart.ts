/**
 * Heart and vessels. Read in the CDC order file of FY2026: I27-I37, I42, I47-I50, I71; the rest from memory of the tabular list. First
 * days are from memory of the yearly addenda: I50.8x FY2018, I48.11-.21 FY2020, I71, I47.1x, I34.8x, I31.3x and Q21.1x FY2023, I20.8x
 * FY2024, Q23.8x FY2025, I27.84x FY2026 (this one also in a list of that year's new codes).
 */
export const heart = `
I05 rheumatic mitral valve disease
${valve('I05', 'rheumatic mitral')}
I06 rheumatic aortic valve disease
${valve('I06', 'rheumatic aortic')}
I07 rheumatic tricuspid valve disease
${valve('I07', 'rheumatic tricuspid')}
I08 multiple valve disease
I08.0 rheumatic mitral and aortic valve disease
I08.1 rheumatic mitral and tricuspid valve disease
I08.2 rheumatic aortic and tricuspid valve disease
I08.3 rheumatic mitral, aortic and tricuspid valve disease
I08.8 other rheumatic multiple valve disease
I08.9 rheumatic multiple valve disease, unspecified
I10 hypertension
I11 hypertensive heart disease
I11.0 hypertensive heart disease with heart failure
I11.9 hypertensive heart disease without heart failure
I20 angina pectoris
I20.0 unstable angina
I20.1 angina with spasm
I20.2 refractory angina @2022-10-01
I20.8 other angina
I20.81 angina with microvascular dysfunction @2023-10-01
I20.89 other forms of angina @2023-10-01
I20.9 angina, unspecified
I21 acute myocardial infarction
I21.0 anterior ST elevation infarction
I21.01 ST elevation infarction, left main artery
I21.02 ST elevation infarction, left anterior descending artery
I21.09 ST elevation infarction, other anterior artery
I21.1 inferior ST elevation infarction
I21.11 ST elevation infarction, right coronary artery
I21.19 ST elevation infarction, other inferior artery
I21.2 ST elevation infarction of other sites
I21.21 ST elevation infarction, left circumflex artery
I21.29 ST elevation infarction, other sites
I21.3 ST elevation infarction, site unspecified
I21.4 non-ST elevation infarction
I21.9 acute myocardial infarction, unspecified @2017-10-01
I21.A other myocardial infarction @2017-10-01
I21.A1 myocardial infarction type 2 @2017-10-01
I21.A9 other myocardial infarction type @2017-10-01
I21.B infarction with microvascular dysfunction @2023-10-01
I22 subsequent myocardial infarction
I22.0 subsequent anterior ST elevation infarction
I22.1 subsequent inferior ST elevation infarction
I22.2 subsequent non-ST elevation infarction
I22.8 subsequent ST elevation infarction of other sites
I22.9 subsequent ST elevation infarction, site unspecified
I25 chronic ischemic heart disease
I25.1 coronary artery disease
I25.10 coronary artery disease without angina
I25.11 coronary artery disease with angina
I25.110 coronary artery disease with unstable angina
I25.111 coronary artery disease with angina and spasm
I25.112 coronary artery disease with refractory angina @2022-10-01
I25.118 coronary artery disease with other angina
I25.119 coronary artery disease with unspecified angina
I25.2 old myocardial infarction
I25.3 aneurysm of the heart
I25.5 ischemic cardiomyopathy
I25.6 silent myocardial ischemia
I25.9 chronic ischemic heart disease, unspecified
I27 other pulmonary heart disease
I27.0 primary pulmonary hypertension
I27.1 kyphoscoliotic heart disease
I27.2 other secondary pulmonary hypertension
I27.20 pulmonary hypertension, unspecified @2017-10-01
I27.21 secondary pulmonary arterial hypertension @2017-10-01
I27.22 pulmonary hypertension of left heart disease @2017-10-01
I27.23 pulmonary hypertension of lung disease @2017-10-01
I27.24 chronic thromboembolic pulmonary hypertension @2017-10-01
I27.29 other secondary pulmonary hypertension, specified @2017-10-01
I27.8 other pulmonary heart disease, specified
I27.81 chronic cor pulmonale
I27.82 chronic pulmonary embolism
I27.83 Eisenmenger syndrome @2017-10-01
I27.84 Fontan-related circulation @2025-10-01
I27.840 Fontan-associated liver disease @2025-10-01
I27.841 Fontan-associated lymphatic dysfunction @2025-10-01
I27.848 other Fontan-associated condition @2025-10-01
I27.849 Fontan-related circulation, unspecified @2025-10-01
I27.89 other pulmonary heart disease, not elsewhere classified
I27.9 pulmonary heart disease, unspecified
I30 acute pericarditis
I30.0 acute nonspecific pericarditis
I30.1 infective pericarditis
I30.8 other acute pericarditis
I30.9 acute pericarditis, unspecified
I31 other pericardial disease
I31.0 chronic adhesive pericarditis
I31.1 chronic constrictive pericarditis
I31.2 hemopericardium
I31.3 pericardial effusion
I31.31 malignant pericardial effusion @2022-10-01
I31.39 other pericardial effusion @2022-10-01
I31.4 cardiac tamponade
I31.8 other pericardial disease, specified
I31.9 pericardial disease, unspecified
I33 acute endocarditis
I33.0 infective endocarditis
I33.9 acute endocarditis, unspecified
I34 nonrheumatic mitral valve disorder
I34.0 mitral insufficiency
I34.1 mitral prolapse
I34.2 mitral stenosis, nonrheumatic
I34.8 other mitral valve disorder
I34.81 mitral annulus calcification @2022-10-01
I34.89 other mitral valve disorder, specified @2022-10-01
I34.9 mitral valve disorder, unspecified
I35 nonrheumatic aortic valve disorder
${valve('I35', 'nonrheumatic aortic')}
I36 nonrheumatic tricuspid valve disorder
${valve('I36', 'nonrheumatic tricuspid')}
I37 pulmonary valve disorder
${valve('I37', 'pulmonary')}
I42 cardiomyopathy
I42.0 dilated cardiomyopathy
I42.1 obstructive hypertrophic cardiomyopathy
I42.2 other hypertrophic cardiomyopathy
I42.3 endomyocardial disease
I42.4 endocardial fibroelastosis
I42.5 other restrictive cardiomyopathy
I42.6 alcoholic cardiomyopathy
I42.7 cardiomyopathy from drugs
I42.8 other cardiomyopathy
I42.9 cardiomyopathy, unspecified
I47 paroxysmal tachycardia
I47.0 re-entry ventricular arrhythmia
I47.1 supraventricular tachycardia
I47.10 supraventricular tachycardia, unspecified @2022-10-01
I47.11 inappropriate sinus tachycardia @2022-10-01
I47.19 other supraventricular tachycardia @2022-10-01
I47.2 ventricular tachycardia
I47.20 ventricular tachycardia, unspecified @2022-10-01
I47.21 torsades de pointes @2022-10-01
I47.29 other ventricular tachycardia @2022-10-01
I47.9 paroxysmal tachycardia, unspecified
I48 atrial fibrillation and flutter
I48.0 paroxysmal atrial fibrillation
I48.1 persistent atrial fibrillation
I48.11 longstanding persistent atrial fibrillation @2019-10-01
I48.19 other persistent atrial fibrillation @2019-10-01
I48.2 chronic atrial fibrillation
I48.20 chronic atrial fibrillation, unspecified @2019-10-01
I48.21 permanent atrial fibrillation @2019-10-01
I48.3 typical atrial flutter
I48.4 atypical atrial flutter
I48.9 atrial fibrillation or flutter, unspecified
I48.91 atrial fibrillation, unspecified
I48.92 atrial flutter, unspecified
I50 heart failure
I50.1 left ventricular failure
I50.2<acuity> systolic heart failure
I50.3<acuity> diastolic heart failure
I50.4<acuity> combined systolic and diastolic heart failure
I50.8 other heart failure @2017-10-01
I50.81<acuity> right heart failure @2017-10-01
I50.814 right heart failure from left heart failure @2017-10-01
I50.82 biventricular heart failure @2017-10-01
I50.83 high output heart failure @2017-10-01
I50.84 end stage heart failure @2017-10-01
I50.89 other heart failure, specified @2017-10-01
I50.9 heart failure, unspecified
I71 aortic aneurysm and dissection
I71.0 aortic dissection
I71.00 aortic dissection, site unspecified
I71.01 dissection of the thoracic aorta
I71.010 dissection of the ascending aorta @2022-10-01
I71.011 dissection of the aortic arch @2022-10-01
I71.012 dissection of the descending thoracic aorta @2022-10-01
I71.019 dissection of the thoracic aorta, unspecified @2022-10-01
I71.02 dissection of the abdominal aorta
I71.03 dissection of the thoracoabdominal aorta
I71.1<thoracicAorta@2022-10-01> thoracic aortic aneurysm, ruptured
I71.2<thoracicAorta@2022-10-01> thoracic aortic aneurysm
I71.3<abdominalAorta@2022-10-01> abdominal aortic aneurysm, ruptured
I71.4<abdominalAorta@2022-10-01> abdominal aortic aneurysm
I71.5<thoracoabdominalAorta@2022-10-01> thoracoabdominal aortic aneurysm, ruptured
I71.6<thoracoabdominalAorta@2022-10-01> thoracoabdominal aortic aneurysm
I71.8 aortic aneurysm, site unspecified, ruptured
I71.9 aortic aneurysm, site unspecified
Q21 congenital septal malformations
Q21.0 ventricular septal defect
Q21.1 atrial septal defect
Q21.10 atrial septal defect, unspecified @2022-10-01
Q21.11 secundum atrial septal defect @2022-10-01
Q21.12 patent foramen ovale @2022-10-01
Q21.13 coronary sinus atrial septal defect @2022-10-01
Q21.14 superior sinus venosus defect @2022-10-01
Q21.15 inferior sinus venosus defect @2022-10-01
Q21.16 sinus venosus defect, unspecified @2022-10-01
Q21.19 other atrial septal defect @2022-10-01
Q21.3 tetralogy of Fallot
Q21.8 other septal malformation
Q21.9 septal malformation, unspecified
Q23 congenital aortic and mitral malformations
Q23.0 congenital aortic stenosis
Q23.1 congenital aortic insufficiency
Q23.2 congenital mitral stenosis
Q23.3 congenital mitral insufficiency
Q23.4 hypoplastic left heart
Q23.8 other aortic or mitral malformation
Q23.81 bicuspid aortic valve @2024-10-01
Q23.82 congenital mitral cleft @2024-10-01
Q23.88 other aortic or mitral malformation, specified @2024-10-01
Q23.9 aortic or mitral malformation, unspecified
Q25.0 patent ductus arteriosus
Q25.1 coarctation of the aorta
R01 heart sounds
R01.0 benign murmur
R01.1 murmur, unspecified
R01.2 other heart sounds
R06.0 dyspnea
R06.00 dyspnea, unspecified
R06.01 orthopnea
R06.02 shortness of breath
R06.03 acute respiratory distress @2017-10-01
R06.09 other dyspnea
R07 throat and chest pain
R07.0 throat pain
R07.1 chest pain on breathing
R07.2 precordial pain
R07.8 other chest pain
R07.81 pleurodynia
R07.82 intercostal pain
R07.89 other chest pain, specified
R07.9 chest pain, unspecified
R55 syncope
Z95.0 cardiac pacemaker
Z95.2 prosthetic heart valve
Z95.3 xenogenic heart valve
Z95.4 other heart valve replacement
`

/** Most valve families repeat the same endings: stenosis, insufficiency, both, other, unspecified. */
function valve(category: string, name: string): string {
  return `
${category}.0 ${name} valve stenosis
${category}.1 ${name} valve insufficiency
${category}.2 ${name} valve stenosis with insufficiency
${category}.8 other ${name} valve disease
${category}.9 ${name} valve disease, unspecified
`
}
