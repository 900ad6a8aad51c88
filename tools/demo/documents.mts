import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, rgb, StandardFonts } from 'pdf-lib';
import { root } from '../n8n/root.mts';

/** Creates the example PDF invoice (`node tools/demo/documents.mts`); companies and numbers are invented. */
const lines: Array<[description: string, quantity: string, price: string, total: string]> = [
	['Papel reciclado A4, caixa', '10', '24,90', '249,00'],
	['Toner preto', '2', '61,50', '123,00'],
	['Entrega', '1', '8,00', '8,00'],
];

const document = await PDFDocument.create();
document.setTitle('Fatura FT 2025/123');
const fixed = new Date('2025-11-03T10:00:00Z');
document.setCreationDate(fixed);
document.setModificationDate(fixed);
const page = document.addPage([595, 842]);
const plain = await document.embedFont(StandardFonts.Helvetica);
const bold = await document.embedFont(StandardFonts.HelveticaBold);
const ink = rgb(0.07, 0.26, 0.43);

page.drawRectangle({ x: 0, y: 762, width: 595, height: 80, color: ink });
page.drawText('Papelaria Exemplo, Lda', {
	x: 48,
	y: 800,
	size: 20,
	font: bold,
	color: rgb(1, 1, 1),
});
page.drawText('NIF 501 234 560   Rua do Exemplo 1, 1000-001 Lisboa', {
	x: 48,
	y: 780,
	size: 10,
	font: plain,
	color: rgb(1, 1, 1),
});
page.drawText('Fatura FT 2025/123', { x: 48, y: 715, size: 18, font: bold, color: ink });
page.drawText('Data: 2025-11-03      Cliente: Contas Certas, S.A.      NIF 509 876 540', {
	x: 48,
	y: 692,
	size: 10,
	font: plain,
});

const columns = [48, 330, 400, 490];
const row = (texts: string[], y: number, font = plain): void =>
	texts.forEach((text, column) => page.drawText(text, { x: columns[column], y, size: 11, font }));
row(['Artigo', 'Qtd.', 'Preço', 'Total'], 650, bold);
page.drawLine({ start: { x: 48, y: 643 }, end: { x: 547, y: 643 }, color: ink });
lines.forEach((line, index) => row(line, 622 - index * 22));
row(['', '', 'Base', '380,00'], 530);
row(['', '', 'IVA 23 %', '87,40'], 510);
row(['', '', 'Total EUR', '467,40'], 488, bold);
page.drawText('SELO', { x: 48, y: 140, size: 9, font: plain, color: rgb(0.6, 0.6, 0.6) });

const bytes = await document.save({ useObjectStreams: false });
writeFileSync(join(root, 'examples', 'documents', 'invoice.pdf'), bytes);
