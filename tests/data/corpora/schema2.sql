BEGIN TRANSACTION;
CREATE TABLE article (
    id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, source TEXT NOT NULL, digest TEXT NOT NULL,
    text TEXT NOT NULL, language TEXT NOT NULL, title TEXT, author TEXT, publisher TEXT, section TEXT,
    published_at TEXT, updated_at TEXT, url TEXT, estimate TEXT, provenance TEXT NOT NULL,
    captions TEXT NOT NULL, confidence REAL NOT NULL, lines TEXT NOT NULL, page_chars INTEGER NOT NULL,
    copy_of TEXT, done INTEGER NOT NULL DEFAULT 0);
INSERT INTO "article" VALUES('4f5035d9e274fde2','bro.txt','@FOLDER@/bro.txt','b95287b9c08e3f62187977f38cd0a9dc660b57c083fae43e6da1a33d7afc126e','Tarnby får ny bro

Kommunen öppnar den nya bron i Tarnby på fredag. Den har kostat 14 miljoner kronor, säger borgmästaren Ida Holm till tidningen. Bron är 120 meter lång och har en gångbana på den norra sidan.

Arbetet började för två år sedan. Då revs den gamla träbron, som hade stått vid sjön sedan 1931 och inte längre fick bära lastbilar.','sv','Tarnby får ny bro',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"title": "text"}','[]',1.0,'[["Tarnby f\u00e5r ny bro", 0, 17, "subheading", null], ["Kommunen \u00f6ppnar den nya bron i Tarnby p\u00e5 fredag. Den har kostat 14 miljoner kronor, s\u00e4ger borgm\u00e4staren Ida Holm till tidningen. Bron \u00e4r 120 meter l\u00e5ng och har en g\u00e5ngbana p\u00e5 den norra sidan.", 19, 209, "body", null], ["Arbetet b\u00f6rjade f\u00f6r tv\u00e5 \u00e5r sedan. D\u00e5 revs den gamla tr\u00e4bron, som hade st\u00e5tt vid sj\u00f6n sedan 1931 och inte l\u00e4ngre fick b\u00e4ra lastbilar.", 211, 343, "body", null]]',344,NULL,1);
INSERT INTO "article" VALUES('bc75d4647e147082','bruecke.txt','@FOLDER@/bruecke.txt','0442cba80516aa5dfcff402d6c9a0e2efdc085651de1ba816b6cec18d264fef1','Die Gemeinde Tarnby öffnet am Freitag ihre neue Brücke. Sie hat 14 Millionen Kronen gekostet, sagt Bürgermeisterin Ida Holm. Die alte Holzbrücke stand dort seit 1931 und durfte keine Lastwagen mehr tragen.','de','Neue Brücke in Tarnby',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"title": "text"}','[]',1.0,'[["Neue Br\u00fccke in Tarnby", 0, 21, "title", "the headline"], ["Die Gemeinde Tarnby \u00f6ffnet am Freitag ihre neue Br\u00fccke. Sie hat 14 Millionen Kronen gekostet, sagt B\u00fcrgermeisterin Ida Holm. Die alte Holzbr\u00fccke stand dort seit 1931 und durfte keine Lastwagen mehr tragen.", 23, 228, "body", null]]',229,NULL,1);
INSERT INTO "article" VALUES('4f3d6f840577fd7d','copy-of-bro.txt','@FOLDER@/copy-of-bro.txt','d385219b8ddad4121455f8c2b25e6c632e7aed67070351d342c1ea4c0b5b487e','Tarnby får ny bro

Kommunen öppnar den nya bron i Tarnby nu på fredag. Den har kostat 14 miljoner kronor, säger borgmästaren Ida Holm till tidningen. Bron är 120 meter lång och har en gångbana på den norra sidan.

Arbetet började för två år sedan. Då revs den gamla träbron, som hade stått vid sjön sedan 1931 och inte längre fick bära lastbilar.','sv','Tarnby får ny bro',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"title": "text"}','[]',1.0,'[["Tarnby f\u00e5r ny bro", 0, 17, "subheading", null], ["Kommunen \u00f6ppnar den nya bron i Tarnby nu p\u00e5 fredag. Den har kostat 14 miljoner kronor, s\u00e4ger borgm\u00e4staren Ida Holm till tidningen. Bron \u00e4r 120 meter l\u00e5ng och har en g\u00e5ngbana p\u00e5 den norra sidan.", 19, 212, "body", null], ["Arbetet b\u00f6rjade f\u00f6r tv\u00e5 \u00e5r sedan. D\u00e5 revs den gamla tr\u00e4bron, som hade st\u00e5tt vid sj\u00f6n sedan 1931 och inte l\u00e4ngre fick b\u00e4ra lastbilar.", 214, 346, "body", null]]',347,'4f5035d9e274fde2',1);
INSERT INTO "article" VALUES('1af725a011b2a685','ferry.txt','@FOLDER@/ferry.txt','b039669c20c9a99620098c4d15c92a29f874f614fddbc5b7be63dbea67b0b560','Ferry to Almholm cancelled

The ferry to Almholm is cancelled all week, the shipping company told its passengers on Monday. The engine of the Sigrun has to be taken out and mended in the yard at Nordvik. A bus and a smaller boat run three times a day instead.','en','Ferry to Almholm cancelled',NULL,NULL,NULL,NULL,NULL,NULL,NULL,'{"title": "text"}','[]',1.0,'[["Ferry to Almholm cancelled", 0, 26, "subheading", null], ["The ferry to Almholm is cancelled all week, the shipping company told its passengers on Monday. The engine of the Sigrun has to be taken out and mended in the yard at Nordvik. A bus and a smaller boat run three times a day instead.", 28, 259, "body", null]]',260,NULL,1);
CREATE TABLE failure (name TEXT PRIMARY KEY, source TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE file (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL);
INSERT INTO "file" VALUES('@FOLDER@/bro.txt',363,1795328412790133524);
INSERT INTO "file" VALUES('@FOLDER@/bruecke.txt',234,1795328412790206807);
INSERT INTO "file" VALUES('@FOLDER@/copy-of-bro.txt',366,1795328412790288805);
INSERT INTO "file" VALUES('@FOLDER@/ferry.txt',260,1795328412790246479);
CREATE TABLE generation (value INTEGER NOT NULL);
INSERT INTO "generation" VALUES(1);
INSERT INTO "generation" VALUES(1);
CREATE TABLE passage (
    id TEXT PRIMARY KEY, article_id TEXT NOT NULL, kind TEXT NOT NULL, start INTEGER NOT NULL,
    "end" INTEGER NOT NULL, text TEXT NOT NULL);
INSERT INTO "passage" VALUES('8ac423f050899ede','4f5035d9e274fde2','body',0,343,'Tarnby får ny bro

Kommunen öppnar den nya bron i Tarnby på fredag. Den har kostat 14 miljoner kronor, säger borgmästaren Ida Holm till tidningen. Bron är 120 meter lång och har en gångbana på den norra sidan.

Arbetet började för två år sedan. Då revs den gamla träbron, som hade stått vid sjön sedan 1931 och inte längre fick bära lastbilar.');
INSERT INTO "passage" VALUES('03a0a848452af40d','bc75d4647e147082','body',0,205,'Die Gemeinde Tarnby öffnet am Freitag ihre neue Brücke. Sie hat 14 Millionen Kronen gekostet, sagt Bürgermeisterin Ida Holm. Die alte Holzbrücke stand dort seit 1931 und durfte keine Lastwagen mehr tragen.');
INSERT INTO "passage" VALUES('953de3e82eaaa469','1af725a011b2a685','body',0,259,'Ferry to Almholm cancelled

The ferry to Almholm is cancelled all week, the shipping company told its passengers on Monday. The engine of the Sigrun has to be taken out and mended in the yard at Nordvik. A bus and a smaller boat run three times a day instead.');
CREATE TABLE recipe (key TEXT PRIMARY KEY, value TEXT NOT NULL);
INSERT INTO "recipe" VALUES('schema','2');
INSERT INTO "recipe" VALUES('embedder','constant:made-up');
INSERT INTO "recipe" VALUES('embedding','constant');
INSERT INTO "recipe" VALUES('dimensions','384');
INSERT INTO "recipe" VALUES('splitter','sentences-256');
INSERT INTO "recipe" VALUES('cleaner','3');
INSERT INTO "recipe" VALUES('collection','passages');
CREATE TABLE shingle (hash INTEGER NOT NULL, article_id TEXT NOT NULL);
INSERT INTO "shingle" VALUES(-8961798761346492436,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-8343699720988599292,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-8271141287647824792,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-7524553252010668676,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-7341680954583420948,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-3930795382258270684,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-291299852761957092,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(215961497709343268,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(2799172150359293520,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(4806474276620751884,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(5000858028565302432,'4f5035d9e274fde2');
INSERT INTO "shingle" VALUES(-9180492524065710382,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-7899990989157054053,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-7453348107901040534,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-7410141477888418122,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-7399032301593103852,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-7076216503662483273,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-5904490527998843135,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-5350106076613903281,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-3584319623680533268,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-3487210979508456520,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-3458510801912007321,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-3398189805565794859,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-2545288682455891122,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-1427905959452732370,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-1343332628833421417,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-1276518781188824120,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-631332871609260702,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-476094728608091158,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-243642362427576597,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(750047466933560798,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(2128400885869808719,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(3943650149162920446,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(4230382538771836420,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(5121546745710438748,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(6508467693316794873,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(7431847284489648625,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(8048942004011295824,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(8785918615366098186,'bc75d4647e147082');
INSERT INTO "shingle" VALUES(-8961798761346492436,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-8675370060587297112,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-8343699720988599292,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-8271141287647824792,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-7524553252010668676,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-7341680954583420948,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-5766284420048729008,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-3930795382258270684,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-291299852761957092,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(215961497709343268,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(2514180775777309096,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(2799172150359293520,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(4806474276620751884,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(5000858028565302432,'4f3d6f840577fd7d');
INSERT INTO "shingle" VALUES(-7566724227734099768,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(-6097708745071416512,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(-5999331569026068756,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(-3954238269965011836,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(69922279540412024,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(1190909856593440528,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(5173347349787436180,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(7451012653374773016,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(8738523677426948656,'1af725a011b2a685');
INSERT INTO "shingle" VALUES(9178304652518240580,'1af725a011b2a685');
CREATE INDEX article_copy ON article (copy_of);
CREATE INDEX article_source ON article (source);
CREATE INDEX passage_article ON passage (article_id);
CREATE INDEX shingle_hash ON shingle (hash);
CREATE INDEX shingle_article ON shingle (article_id);
COMMIT;