/* The bytes of ngrams.bin as two symbols around them. */
        .section .rodata
        .balign 64
        .global assay_ngrams_begin
        .global assay_ngrams_end
assay_ngrams_begin:
        .incbin ASSAY_NGRAMS
assay_ngrams_end:
        .byte 0
        .section .note.GNU-stack, "", %progbits
