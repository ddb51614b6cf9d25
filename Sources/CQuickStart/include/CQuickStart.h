// What the program does before Swift's part of it begins; nothing is to be called. See CQuickStart.c.
