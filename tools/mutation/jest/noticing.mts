/** What a process that runs mutants has seen of them; its test files and its runs share it. */
export const noticing: {
	/** The last mutant that a test noticed. */
	mutant?: string;
	/** The test files that noticed mutants, the last one first. */
	files: string[];
} = { files: [] };
