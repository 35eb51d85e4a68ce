const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var __create=Object.create;var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __getProtoOf=Object.getPrototypeOf,__hasOwnProp=Object.prototype.hasOwnProperty;var __require=(x=>typeof require<"u"?require:typeof Proxy<"u"?new Proxy(x,{get:(a,b)=>(typeof require<"u"?require:a)[b]}):x)(function(x){if(typeof require<"u")return require.
apply(this,arguments);throw Error('Dynamic require of "'+x+'" is not supported')});var __commonJS=(cb,mod)=>function(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,e}};var __copyProps=(to,from,except,desc)=>{if(from&&typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&
key!==except&&__defProp(to,key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toESM=(mod,isNodeMode,target)=>(target=mod!=null?__create(__getProtoOf(mod)):{},__copyProps(isNodeMode||!mod||!mod.__esModule?__defProp(target,"default",{
value:mod,enumerable:!0}):target,mod));var require_errors=__commonJS({"node_modules/asn1/lib/ber/errors.js"(exports,module){module.exports={newInvalidAsn1Error:function(msg){var e=new Error;return e.
name="InvalidAsn1Error",e.message=msg||"",e}}}});var require_types=__commonJS({"node_modules/asn1/lib/ber/types.js"(exports,module){module.exports={EOC:0,Boolean:1,Integer:2,BitString:3,OctetString:4,Null:5,OID:6,
ObjectDescriptor:7,External:8,Real:9,Enumeration:10,PDV:11,Utf8String:12,RelativeOID:13,Sequence:16,Set:17,NumericString:18,PrintableString:19,T61String:20,VideotexString:21,
IA5String:22,UTCTime:23,GeneralizedTime:24,GraphicString:25,VisibleString:26,GeneralString:28,UniversalString:29,CharacterString:30,BMPString:31,Constructor:32,
Context:128}}});var require_safer=__commonJS({"node_modules/safer-buffer/safer.js"(exports,module){"use strict";var buffer=__require("buffer"),Buffer2=buffer.Buffer,safer={},key;
for(key in buffer)buffer.hasOwnProperty(key)&&(key==="SlowBuffer"||key==="Buffer"||(safer[key]=buffer[key]));var Safer=safer.Buffer={};for(key in Buffer2)Buffer2.
hasOwnProperty(key)&&(key==="allocUnsafe"||key==="allocUnsafeSlow"||(Safer[key]=Buffer2[key]));safer.Buffer.prototype=Buffer2.prototype;(!Safer.from||Safer.from===
Uint8Array.from)&&(Safer.from=function(value,encodingOrOffset,length){if(typeof value=="number")throw new TypeError('The "value" argument must not be of type nu\
mber. Received type '+typeof value);if(value&&typeof value.length>"u")throw new TypeError("The first argument must be one of type string, Buffer, ArrayBuffer, A\
rray, or Array-like Object. Received type "+typeof value);return Buffer2(value,encodingOrOffset,length)});Safer.alloc||(Safer.alloc=function(size,fill,encoding){
if(typeof size!="number")throw new TypeError('The "size" argument must be of type number. Received type '+typeof size);if(size<0||size>=2*(1<<30))throw new RangeError(
'The value "'+size+'" is invalid for option "size"');var buf=Buffer2(size);return!fill||fill.length===0?buf.fill(0):typeof encoding=="string"?buf.fill(fill,encoding):
buf.fill(fill),buf});if(!safer.kStringMaxLength)try{safer.kStringMaxLength=process.binding("buffer").kStringMaxLength}catch{}safer.constants||(safer.constants={
MAX_LENGTH:safer.kMaxLength},safer.kStringMaxLength&&(safer.constants.MAX_STRING_LENGTH=safer.kStringMaxLength));module.exports=safer}});var require_reader=__commonJS({"node_modules/asn1/lib/ber/reader.js"(exports,module){var assert=__require("assert"),Buffer2=require_safer().Buffer,ASN1=require_types(),
errors=require_errors(),newInvalidAsn1Error=errors.newInvalidAsn1Error;function Reader(data){if(!data||!Buffer2.isBuffer(data))throw new TypeError("data must be\
 a node Buffer");this._buf=data,this._size=data.length,this._len=0,this._offset=0}Object.defineProperty(Reader.prototype,"length",{enumerable:!0,get:function(){
return this._len}});Object.defineProperty(Reader.prototype,"offset",{enumerable:!0,get:function(){return this._offset}});Object.defineProperty(Reader.prototype,
"remain",{get:function(){return this._size-this._offset}});Object.defineProperty(Reader.prototype,"buffer",{get:function(){return this._buf.slice(this._offset)}});
Reader.prototype.readByte=function(peek){if(this._size-this._offset<1)return null;var b=this._buf[this._offset]&255;return peek||(this._offset+=1),b};Reader.prototype.
peek=function(){return this.readByte(!0)};Reader.prototype.readLength=function(offset){if(offset===void 0&&(offset=this._offset),offset>=this._size)return null;
var lenB=this._buf[offset++]&255;if(lenB===null)return null;if((lenB&128)===128){if(lenB&=127,lenB===0)throw newInvalidAsn1Error("Indefinite length not supporte\
d");if(lenB>4)throw newInvalidAsn1Error("encoding too long");if(this._size-offset<lenB)return null;this._len=0;for(var i=0;i<lenB;i++)this._len=(this._len<<8)+(this.
_buf[offset++]&255)}else this._len=lenB;return offset};Reader.prototype.readSequence=function(tag){var seq=this.peek();if(seq===null)return null;if(tag!==void 0&&
tag!==seq)throw newInvalidAsn1Error("Expected 0x"+tag.toString(16)+": got 0x"+seq.toString(16));var o=this.readLength(this._offset+1);return o===null?null:(this.
_offset=o,seq)};Reader.prototype.readInt=function(){return this._readTag(ASN1.Integer)};Reader.prototype.readBoolean=function(){return this._readTag(ASN1.Boolean)!==
0};Reader.prototype.readEnumeration=function(){return this._readTag(ASN1.Enumeration)};Reader.prototype.readString=function(tag,retbuf){tag||(tag=ASN1.OctetString);
var b=this.peek();if(b===null)return null;if(b!==tag)throw newInvalidAsn1Error("Expected 0x"+tag.toString(16)+": got 0x"+b.toString(16));var o=this.readLength(this.
_offset+1);if(o===null||this.length>this._size-o)return null;if(this._offset=o,this.length===0)return retbuf?Buffer2.alloc(0):"";var str=this._buf.slice(this._offset,
this._offset+this.length);return this._offset+=this.length,retbuf?str:str.toString("utf8")};Reader.prototype.readOID=function(tag){tag||(tag=ASN1.OID);var b=this.
readString(tag,!0);if(b===null)return null;for(var values=[],value=0,i=0;i<b.length;i++){var byte=b[i]&255;value<<=7,value+=byte&127,(byte&128)===0&&(values.push(
value),value=0)}return value=values.shift(),values.unshift(value%40),values.unshift(value/40>>0),values.join(".")};Reader.prototype._readTag=function(tag){assert.
ok(tag!==void 0);var b=this.peek();if(b===null)return null;if(b!==tag)throw newInvalidAsn1Error("Expected 0x"+tag.toString(16)+": got 0x"+b.toString(16));var o=this.
readLength(this._offset+1);if(o===null)return null;if(this.length>4)throw newInvalidAsn1Error("Integer too long: "+this.length);if(this.length>this._size-o)return null;
this._offset=o;for(var fb=this._buf[this._offset],value=0,i=0;i<this.length;i++)value<<=8,value|=this._buf[this._offset++]&255;return(fb&128)===128&&i!==4&&(value-=
1<<i*8),value>>0};module.exports=Reader}});var require_writer=__commonJS({"node_modules/asn1/lib/ber/writer.js"(exports,module){var assert=__require("assert"),Buffer2=require_safer().Buffer,ASN1=require_types(),
errors=require_errors(),newInvalidAsn1Error=errors.newInvalidAsn1Error,DEFAULT_OPTS={size:1024,growthFactor:8};function merge(from,to){assert.ok(from),assert.equal(
typeof from,"object"),assert.ok(to),assert.equal(typeof to,"object");var keys=Object.getOwnPropertyNames(from);return keys.forEach(function(key){if(!to[key]){var value=Object.
getOwnPropertyDescriptor(from,key);Object.defineProperty(to,key,value)}}),to}function Writer(options){options=merge(DEFAULT_OPTS,options||{}),this._buf=Buffer2.
alloc(options.size||1024),this._size=this._buf.length,this._offset=0,this._options=options,this._seq=[]}Object.defineProperty(Writer.prototype,"buffer",{get:function(){
if(this._seq.length)throw newInvalidAsn1Error(this._seq.length+" unended sequence(s)");return this._buf.slice(0,this._offset)}});Writer.prototype.writeByte=function(b){
if(typeof b!="number")throw new TypeError("argument must be a Number");this._ensure(1),this._buf[this._offset++]=b};Writer.prototype.writeInt=function(i,tag){if(typeof i!=
"number")throw new TypeError("argument must be a Number");typeof tag!="number"&&(tag=ASN1.Integer);for(var sz=4;((i&4286578688)===0||(i&4286578688)===-8388608)&&
sz>1;)sz--,i<<=8;if(sz>4)throw newInvalidAsn1Error("BER ints cannot be > 0xffffffff");for(this._ensure(2+sz),this._buf[this._offset++]=tag,this._buf[this._offset++]=
sz;sz-- >0;)this._buf[this._offset++]=(i&4278190080)>>>24,i<<=8};Writer.prototype.writeNull=function(){this.writeByte(ASN1.Null),this.writeByte(0)};Writer.prototype.
writeEnumeration=function(i,tag){if(typeof i!="number")throw new TypeError("argument must be a Number");return typeof tag!="number"&&(tag=ASN1.Enumeration),this.
writeInt(i,tag)};Writer.prototype.writeBoolean=function(b,tag){if(typeof b!="boolean")throw new TypeError("argument must be a Boolean");typeof tag!="number"&&(tag=
ASN1.Boolean),this._ensure(3),this._buf[this._offset++]=tag,this._buf[this._offset++]=1,this._buf[this._offset++]=b?255:0};Writer.prototype.writeString=function(s,tag){
if(typeof s!="string")throw new TypeError("argument must be a string (was: "+typeof s+")");typeof tag!="number"&&(tag=ASN1.OctetString);var len=Buffer2.byteLength(
s);this.writeByte(tag),this.writeLength(len),len&&(this._ensure(len),this._buf.write(s,this._offset),this._offset+=len)};Writer.prototype.writeBuffer=function(buf,tag){
if(typeof tag!="number")throw new TypeError("tag must be a number");if(!Buffer2.isBuffer(buf))throw new TypeError("argument must be a buffer");this.writeByte(tag),
this.writeLength(buf.length),this._ensure(buf.length),buf.copy(this._buf,this._offset,0,buf.length),this._offset+=buf.length};Writer.prototype.writeStringArray=
function(strings){if(!strings instanceof Array)throw new TypeError("argument must be an Array[String]");var self=this;strings.forEach(function(s){self.writeString(
s)})};Writer.prototype.writeOID=function(s,tag){if(typeof s!="string")throw new TypeError("argument must be a string");if(typeof tag!="number"&&(tag=ASN1.OID),!/^([0-9]+\.){3,}[0-9]+$/.
test(s))throw new Error("argument is not a valid OID string");function encodeOctet(bytes2,octet){octet<128?bytes2.push(octet):octet<16384?(bytes2.push(octet>>>7|
128),bytes2.push(octet&127)):octet<2097152?(bytes2.push(octet>>>14|128),bytes2.push((octet>>>7|128)&255),bytes2.push(octet&127)):octet<268435456?(bytes2.push(octet>>>
21|128),bytes2.push((octet>>>14|128)&255),bytes2.push((octet>>>7|128)&255),bytes2.push(octet&127)):(bytes2.push((octet>>>28|128)&255),bytes2.push((octet>>>21|128)&
255),bytes2.push((octet>>>14|128)&255),bytes2.push((octet>>>7|128)&255),bytes2.push(octet&127))}var tmp=s.split("."),bytes=[];bytes.push(parseInt(tmp[0],10)*40+
parseInt(tmp[1],10)),tmp.slice(2).forEach(function(b){encodeOctet(bytes,parseInt(b,10))});var self=this;this._ensure(2+bytes.length),this.writeByte(tag),this.writeLength(
bytes.length),bytes.forEach(function(b){self.writeByte(b)})};Writer.prototype.writeLength=function(len){if(typeof len!="number")throw new TypeError("argument mu\
st be a Number");if(this._ensure(4),len<=127)this._buf[this._offset++]=len;else if(len<=255)this._buf[this._offset++]=129,this._buf[this._offset++]=len;else if(len<=
65535)this._buf[this._offset++]=130,this._buf[this._offset++]=len>>8,this._buf[this._offset++]=len;else if(len<=16777215)this._buf[this._offset++]=131,this._buf[this.
_offset++]=len>>16,this._buf[this._offset++]=len>>8,this._buf[this._offset++]=len;else throw newInvalidAsn1Error("Length too long (> 4 bytes)")};Writer.prototype.
startSequence=function(tag){typeof tag!="number"&&(tag=ASN1.Sequence|ASN1.Constructor),this.writeByte(tag),this._seq.push(this._offset),this._ensure(3),this._offset+=
3};Writer.prototype.endSequence=function(){var seq=this._seq.pop(),start=seq+3,len=this._offset-start;if(len<=127)this._shift(start,len,-2),this._buf[seq]=len;else if(len<=
255)this._shift(start,len,-1),this._buf[seq]=129,this._buf[seq+1]=len;else if(len<=65535)this._buf[seq]=130,this._buf[seq+1]=len>>8,this._buf[seq+2]=len;else if(len<=
16777215)this._shift(start,len,1),this._buf[seq]=131,this._buf[seq+1]=len>>16,this._buf[seq+2]=len>>8,this._buf[seq+3]=len;else throw newInvalidAsn1Error("Seque\
nce too long")};Writer.prototype._shift=function(start,len,shift){assert.ok(start!==void 0),assert.ok(len!==void 0),assert.ok(shift),this._buf.copy(this._buf,start+
shift,start,start+len),this._offset+=shift};Writer.prototype._ensure=function(len){if(assert.ok(len),this._size-this._offset<len){var sz=this._size*this._options.
growthFactor;sz-this._offset<len&&(sz+=len);var buf=Buffer2.alloc(sz);this._buf.copy(buf,0,0,this._offset),this._buf=buf,this._size=sz}};module.exports=Writer}});var require_ber=__commonJS({"node_modules/asn1/lib/ber/index.js"(exports,module){var errors=require_errors(),types3=require_types(),Reader=require_reader(),Writer=require_writer();
module.exports={Reader,Writer};for(t in types3)types3.hasOwnProperty(t)&&(module.exports[t]=types3[t]);var t;for(e in errors)errors.hasOwnProperty(e)&&(module.exports[e]=
errors[e]);var e}});var require_lib=__commonJS({"node_modules/asn1/lib/index.js"(exports,module){var Ber=require_ber();module.exports={Ber,BerReader:Ber.Reader,BerWriter:Ber.Writer}}});var require_bcrypt_pbkdf=__commonJS({"stub:bcrypt-pbkdf"(){}});var require_cpu_features=__commonJS({"stub:cpu-features"(){throw new Error("a native addon is not in this program")}});var require_constants=__commonJS({"node_modules/ssh2/lib/protocol/constants.js"(exports,module){"use strict";var crypto=__require("crypto"),cpuInfo;try{cpuInfo=
require_cpu_features()()}catch{}var{bindingAvailable,CIPHER_INFO,MAC_INFO}=require_crypto(),eddsaSupported=(()=>{if(typeof crypto.sign=="function"&&typeof crypto.
verify=="function"){let key=`-----BEGIN PRIVATE KEY-----\r
MC4CAQAwBQYDK2VwBCIEIHKj+sVa9WcD/q2DJUJaf43Kptc8xYuUQA4bOFj9vC8T\r
-----END PRIVATE KEY-----`,data=Buffer.from("a"),sig,verified2;try{sig=crypto.sign(null,data,key),verified2=crypto.verify(null,data,key,sig)}catch{}return Buffer.
isBuffer(sig)&&sig.length===64&&verified2===!0}return!1})(),curve25519Supported=typeof crypto.diffieHellman=="function"&&typeof crypto.generateKeyPairSync=="fun\
ction"&&typeof crypto.createPublicKey=="function",DEFAULT_KEX=["ecdh-sha2-nistp256","ecdh-sha2-nistp384","ecdh-sha2-nistp521","diffie-hellman-group-exchange-sha\
256","diffie-hellman-group14-sha256","diffie-hellman-group15-sha512","diffie-hellman-group16-sha512","diffie-hellman-group17-sha512","diffie-hellman-group18-sha\
512"];curve25519Supported&&(DEFAULT_KEX.unshift("curve25519-sha256"),DEFAULT_KEX.unshift("curve25519-sha256@libssh.org"));var SUPPORTED_KEX=DEFAULT_KEX.concat([
"diffie-hellman-group-exchange-sha1","diffie-hellman-group14-sha1","diffie-hellman-group1-sha1"]),DEFAULT_SERVER_HOST_KEY=["ecdsa-sha2-nistp256","ecdsa-sha2-nis\
tp384","ecdsa-sha2-nistp521","rsa-sha2-512","rsa-sha2-256","ssh-rsa"];eddsaSupported&&DEFAULT_SERVER_HOST_KEY.unshift("ssh-ed25519");var SUPPORTED_SERVER_HOST_KEY=DEFAULT_SERVER_HOST_KEY.
concat(["ssh-dss"]),canUseCipher=(()=>{let ciphers=crypto.getCiphers();return name=>ciphers.includes(CIPHER_INFO[name].sslName)})(),DEFAULT_CIPHER=["aes128-gcm@\
openssh.com","aes256-gcm@openssh.com","aes128-ctr","aes192-ctr","aes256-ctr"];cpuInfo&&cpuInfo.flags&&!cpuInfo.flags.aes?bindingAvailable?DEFAULT_CIPHER.unshift(
"chacha20-poly1305@openssh.com"):DEFAULT_CIPHER.push("chacha20-poly1305@openssh.com"):bindingAvailable&&cpuInfo&&cpuInfo.arch==="x86"?DEFAULT_CIPHER.splice(4,0,
"chacha20-poly1305@openssh.com"):DEFAULT_CIPHER.push("chacha20-poly1305@openssh.com");DEFAULT_CIPHER=DEFAULT_CIPHER.filter(canUseCipher);var SUPPORTED_CIPHER=DEFAULT_CIPHER.
concat(["aes256-cbc","aes192-cbc","aes128-cbc","blowfish-cbc","3des-cbc","aes128-gcm","aes256-gcm","arcfour256","arcfour128","cast128-cbc","arcfour"].filter(canUseCipher)),
canUseMAC=(()=>{let hashes=crypto.getHashes();return name=>hashes.includes(MAC_INFO[name].sslName)})(),DEFAULT_MAC=["hmac-sha2-256-etm@openssh.com","hmac-sha2-5\
12-etm@openssh.com","hmac-sha1-etm@openssh.com","hmac-sha2-256","hmac-sha2-512","hmac-sha1"].filter(canUseMAC),SUPPORTED_MAC=DEFAULT_MAC.concat(["hmac-md5","hma\
c-sha2-256-96","hmac-sha2-512-96","hmac-ripemd160","hmac-sha1-96","hmac-md5-96"].filter(canUseMAC)),DEFAULT_COMPRESSION=["none","zlib@openssh.com","zlib"],SUPPORTED_COMPRESSION=DEFAULT_COMPRESSION.
concat([]),COMPAT={BAD_DHGEX:1,OLD_EXIT:2,DYN_RPORT_BUG:4,BUG_DHGEX_LARGE:8,IMPLY_RSA_SHA2_SIGALGS:16};module.exports={MESSAGE:{DISCONNECT:1,IGNORE:2,UNIMPLEMENTED:3,
DEBUG:4,SERVICE_REQUEST:5,SERVICE_ACCEPT:6,EXT_INFO:7,KEXINIT:20,NEWKEYS:21,KEXDH_INIT:30,KEXDH_REPLY:31,KEXDH_GEX_GROUP:31,KEXDH_GEX_INIT:32,KEXDH_GEX_REPLY:33,
KEXDH_GEX_REQUEST:34,KEXECDH_INIT:30,KEXECDH_REPLY:31,USERAUTH_REQUEST:50,USERAUTH_FAILURE:51,USERAUTH_SUCCESS:52,USERAUTH_BANNER:53,USERAUTH_PASSWD_CHANGEREQ:60,
USERAUTH_PK_OK:60,USERAUTH_INFO_REQUEST:60,USERAUTH_INFO_RESPONSE:61,GLOBAL_REQUEST:80,REQUEST_SUCCESS:81,REQUEST_FAILURE:82,CHANNEL_OPEN:90,CHANNEL_OPEN_CONFIRMATION:91,
CHANNEL_OPEN_FAILURE:92,CHANNEL_WINDOW_ADJUST:93,CHANNEL_DATA:94,CHANNEL_EXTENDED_DATA:95,CHANNEL_EOF:96,CHANNEL_CLOSE:97,CHANNEL_REQUEST:98,CHANNEL_SUCCESS:99,
CHANNEL_FAILURE:100},DISCONNECT_REASON:{HOST_NOT_ALLOWED_TO_CONNECT:1,PROTOCOL_ERROR:2,KEY_EXCHANGE_FAILED:3,RESERVED:4,MAC_ERROR:5,COMPRESSION_ERROR:6,SERVICE_NOT_AVAILABLE:7,
PROTOCOL_VERSION_NOT_SUPPORTED:8,HOST_KEY_NOT_VERIFIABLE:9,CONNECTION_LOST:10,BY_APPLICATION:11,TOO_MANY_CONNECTIONS:12,AUTH_CANCELED_BY_USER:13,NO_MORE_AUTH_METHODS_AVAILABLE:14,
ILLEGAL_USER_NAME:15},DISCONNECT_REASON_STR:void 0,CHANNEL_OPEN_FAILURE:{ADMINISTRATIVELY_PROHIBITED:1,CONNECT_FAILED:2,UNKNOWN_CHANNEL_TYPE:3,RESOURCE_SHORTAGE:4},
TERMINAL_MODE:{TTY_OP_END:0,VINTR:1,VQUIT:2,VERASE:3,VKILL:4,VEOF:5,VEOL:6,VEOL2:7,VSTART:8,VSTOP:9,VSUSP:10,VDSUSP:11,VREPRINT:12,VWERASE:13,VLNEXT:14,VFLUSH:15,
VSWTCH:16,VSTATUS:17,VDISCARD:18,IGNPAR:30,PARMRK:31,INPCK:32,ISTRIP:33,INLCR:34,IGNCR:35,ICRNL:36,IUCLC:37,IXON:38,IXANY:39,IXOFF:40,IMAXBEL:41,ISIG:50,ICANON:51,
XCASE:52,ECHO:53,ECHOE:54,ECHOK:55,ECHONL:56,NOFLSH:57,TOSTOP:58,IEXTEN:59,ECHOCTL:60,ECHOKE:61,PENDIN:62,OPOST:70,OLCUC:71,ONLCR:72,OCRNL:73,ONOCR:74,ONLRET:75,
CS7:90,CS8:91,PARENB:92,PARODD:93,TTY_OP_ISPEED:128,TTY_OP_OSPEED:129},CHANNEL_EXTENDED_DATATYPE:{STDERR:1},SIGNALS:["ABRT","ALRM","FPE","HUP","ILL","INT","QUIT",
"SEGV","TERM","USR1","USR2","KILL","PIPE"].reduce((cur,val)=>({...cur,[val]:1}),{}),COMPAT,COMPAT_CHECKS:[["Cisco-1.25",COMPAT.BAD_DHGEX],[/^Cisco-1[.]/,COMPAT.
BUG_DHGEX_LARGE],[/^[0-9.]+$/,COMPAT.OLD_EXIT],[/^OpenSSH_5[.][0-9]+/,COMPAT.DYN_RPORT_BUG],[/^OpenSSH_7[.]4/,COMPAT.IMPLY_RSA_SHA2_SIGALGS]],DEFAULT_KEX,SUPPORTED_KEX,
DEFAULT_SERVER_HOST_KEY,SUPPORTED_SERVER_HOST_KEY,DEFAULT_CIPHER,SUPPORTED_CIPHER,DEFAULT_MAC,SUPPORTED_MAC,DEFAULT_COMPRESSION,SUPPORTED_COMPRESSION,curve25519Supported,
eddsaSupported};module.exports.DISCONNECT_REASON_BY_VALUE=Array.from(Object.entries(module.exports.DISCONNECT_REASON)).reduce((obj,[key,value])=>({...obj,[value]:key}),
{})}});var require_utils=__commonJS({"node_modules/ssh2/lib/protocol/utils.js"(exports,module){"use strict";var Ber=require_lib().Ber,DISCONNECT_REASON,FastBuffer=Buffer[Symbol.
species],TypedArrayFill=Object.getPrototypeOf(Uint8Array.prototype).fill;function readUInt32BE(buf,offset){return buf[offset++]*16777216+buf[offset++]*65536+buf[offset++]*
256+buf[offset]}function bufferCopy(src,dest,srcStart,srcEnd,destStart){destStart||(destStart=0),srcEnd>src.length&&(srcEnd=src.length);let nb=srcEnd-srcStart,destLeft=dest.
length-destStart;return nb>destLeft&&(nb=destLeft),dest.set(new Uint8Array(src.buffer,src.byteOffset+srcStart,nb),destStart),nb}function bufferSlice(buf,start,end){
return end===void 0&&(end=buf.length),new FastBuffer(buf.buffer,buf.byteOffset+start,end-start)}function makeBufferParser(){let pos=0,buffer,self={init:(buf,start)=>{
buffer=buf,pos=typeof start=="number"?start:0},pos:()=>pos,length:()=>buffer?buffer.length:0,avail:()=>buffer&&pos<buffer.length?buffer.length-pos:0,clear:()=>{
buffer=void 0},readUInt32BE:()=>{if(!(!buffer||pos+3>=buffer.length))return buffer[pos++]*16777216+buffer[pos++]*65536+buffer[pos++]*256+buffer[pos++]},readUInt64BE:behavior=>{
if(!(!buffer||pos+7>=buffer.length))switch(behavior){case"always":return BigInt(`0x${buffer.hexSlice(pos,pos+=8)}`);case"maybe":if(buffer[pos]>31)return BigInt(
`0x${buffer.hexSlice(pos,pos+=8)}`);default:return buffer[pos++]*72057594037927940+buffer[pos++]*281474976710656+buffer[pos++]*1099511627776+buffer[pos++]*4294967296+
buffer[pos++]*16777216+buffer[pos++]*65536+buffer[pos++]*256+buffer[pos++]}},skip:n=>{buffer&&n>0&&(pos+=n)},skipString:()=>{let len=self.readUInt32BE();if(len!==
void 0)return pos+=len,pos<=buffer.length?len:void 0},readByte:()=>{if(buffer&&pos<buffer.length)return buffer[pos++]},readBool:()=>{if(buffer&&pos<buffer.length)
return!!buffer[pos++]},readList:()=>{let list=self.readString(!0);if(list!==void 0)return list?list.split(","):[]},readString:(dest,maxLen)=>{typeof dest=="numb\
er"&&(maxLen=dest,dest=void 0);let len=self.readUInt32BE();if(len!==void 0&&!(buffer.length-pos<len||typeof maxLen=="number"&&len>maxLen))return dest?Buffer.isBuffer(
dest)?bufferCopy(buffer,dest,pos,pos+=len):buffer.utf8Slice(pos,pos+=len):bufferSlice(buffer,pos,pos+=len)},readRaw:len=>{if(buffer){if(typeof len!="number")return bufferSlice(
buffer,pos,pos+=buffer.length-pos);if(buffer.length-pos>=len)return bufferSlice(buffer,pos,pos+=len)}}};return self}function makeError(msg,level,fatal){let err=new Error(
msg);return typeof level=="boolean"?(fatal=level,err.level="protocol"):err.level=level||"protocol",err.fatal=!!fatal,err}function writeUInt32BE(buf,value,offset){
return buf[offset++]=value>>>24,buf[offset++]=value>>>16,buf[offset++]=value>>>8,buf[offset++]=value,offset}var utilBufferParser=makeBufferParser();module.exports=
{bufferCopy,bufferSlice,FastBuffer,bufferFill:(buf,value,start,end)=>TypedArrayFill.call(buf,value,start,end),makeError,doFatalError:(protocol,msg,level,reason2)=>{
let err;return DISCONNECT_REASON===void 0&&({DISCONNECT_REASON}=require_constants()),msg instanceof Error?(err=msg,typeof level!="number"?reason2=DISCONNECT_REASON.
PROTOCOL_ERROR:reason2=level):err=makeError(msg,level,!0),typeof reason2!="number"&&(reason2=DISCONNECT_REASON.PROTOCOL_ERROR),protocol.disconnect(reason2),protocol.
_destruct(),protocol._onError(err),1/0},readUInt32BE,writeUInt32BE,writeUInt32LE:(buf,value,offset)=>(buf[offset++]=value,buf[offset++]=value>>>8,buf[offset++]=
value>>>16,buf[offset++]=value>>>24,offset),makeBufferParser,bufferParser:makeBufferParser(),readString:(buffer,start,dest,maxLen)=>{typeof dest=="number"&&(maxLen=
dest,dest=void 0),start===void 0&&(start=0);let left=buffer.length-start;if(start<0||start>=buffer.length||left<4)return;let len=readUInt32BE(buffer,start);if(left<
4+len||typeof maxLen=="number"&&len>maxLen)return;start+=4;let end=start+len;return buffer._pos=end,dest?Buffer.isBuffer(dest)?bufferCopy(buffer,dest,start,end):
buffer.utf8Slice(start,end):bufferSlice(buffer,start,end)},sigSSHToASN1:(sig,type)=>{switch(type){case"ssh-dss":{if(sig.length>40)return sig;let asnWriter=new Ber.
Writer;asnWriter.startSequence();let r=sig.slice(0,20),s=sig.slice(20);if(r[0]&128){let rNew=Buffer.allocUnsafe(21);rNew[0]=0,r.copy(rNew,1),r=rNew}else r[0]===
0&&!(r[1]&128)&&(r=r.slice(1));if(s[0]&128){let sNew=Buffer.allocUnsafe(21);sNew[0]=0,s.copy(sNew,1),s=sNew}else s[0]===0&&!(s[1]&128)&&(s=s.slice(1));return asnWriter.
writeBuffer(r,Ber.Integer),asnWriter.writeBuffer(s,Ber.Integer),asnWriter.endSequence(),asnWriter.buffer}case"ecdsa-sha2-nistp256":case"ecdsa-sha2-nistp384":case"\
ecdsa-sha2-nistp521":{utilBufferParser.init(sig,0);let r=utilBufferParser.readString(),s=utilBufferParser.readString();if(utilBufferParser.clear(),r===void 0||s===
void 0)return;let asnWriter=new Ber.Writer;return asnWriter.startSequence(),asnWriter.writeBuffer(r,Ber.Integer),asnWriter.writeBuffer(s,Ber.Integer),asnWriter.
endSequence(),asnWriter.buffer}default:return sig}},convertSignature:(signature,keyType)=>{switch(keyType){case"ssh-dss":{if(signature.length<=40)return signature;
let asnReader=new Ber.Reader(signature);asnReader.readSequence();let r=asnReader.readString(Ber.Integer,!0),s=asnReader.readString(Ber.Integer,!0),rOffset=0,sOffset=0;
if(r.length<20){let rNew=Buffer.allocUnsafe(20);rNew.set(r,1),r=rNew,r[0]=0}if(s.length<20){let sNew=Buffer.allocUnsafe(20);sNew.set(s,1),s=sNew,s[0]=0}r.length>
20&&r[0]===0&&(rOffset=1),s.length>20&&s[0]===0&&(sOffset=1);let newSig=Buffer.allocUnsafe(r.length-rOffset+(s.length-sOffset));return bufferCopy(r,newSig,rOffset,
r.length,0),bufferCopy(s,newSig,sOffset,s.length,r.length-rOffset),newSig}case"ecdsa-sha2-nistp256":case"ecdsa-sha2-nistp384":case"ecdsa-sha2-nistp521":{if(signature[0]===
0)return signature;let asnReader=new Ber.Reader(signature);asnReader.readSequence();let r=asnReader.readString(Ber.Integer,!0),s=asnReader.readString(Ber.Integer,
!0);if(r===null||s===null)return;let newSig=Buffer.allocUnsafe(4+r.length+4+s.length);return writeUInt32BE(newSig,r.length,0),newSig.set(r,4),writeUInt32BE(newSig,
s.length,4+r.length),newSig.set(s,8+r.length),newSig}}return signature},sendPacket:(proto,packet2,bypass)=>!bypass&&proto._kexinit!==void 0?(proto._queue===void 0&&
(proto._queue=[]),proto._queue.push(packet2),proto._debug&&proto._debug("Outbound: ... packet queued"),!1):(proto._cipher.encrypt(packet2),!0)}}});var require_sshcrypto=__commonJS({"stub:./crypto/build/Release/sshcrypto.node"(){throw new Error("a native addon is not in this program")}});var require_poly1305=__commonJS({"stub:./crypto/poly1305.js"(exports,module){module.exports=async()=>({_malloc:()=>0,cwrap:()=>{}})}});var require_crypto=__commonJS({"node_modules/ssh2/lib/protocol/crypto.js"(exports,module){"use strict";var{createCipheriv,createDecipheriv,createHmac,randomFillSync,
timingSafeEqual}=__require("crypto"),{readUInt32BE,writeUInt32BE}=require_utils(),FastBuffer=Buffer[Symbol.species],MAX_SEQNO=2**32-1,EMPTY_BUFFER=Buffer.alloc(
0),BUF_INT=Buffer.alloc(4),DISCARD_CACHE=new Map,MAX_PACKET_SIZE=35e3,binding,AESGCMCipher,ChaChaPolyCipher,GenericCipher,AESGCMDecipher,ChaChaPolyDecipher,GenericDecipher;
try{binding=require_sshcrypto(),{AESGCMCipher,ChaChaPolyCipher,GenericCipher,AESGCMDecipher,ChaChaPolyDecipher,GenericDecipher}=binding}catch{}var CIPHER_STREAM=1,
CIPHER_INFO=(()=>{function info(sslName,blockLen,keyLen,ivLen,authLen,discardLen,flags2){return{sslName,blockLen,keyLen,ivLen:ivLen!==0||flags2&CIPHER_STREAM?ivLen:
blockLen,authLen,discardLen,stream:!!(flags2&CIPHER_STREAM)}}return{"chacha20-poly1305@openssh.com":info("chacha20",8,64,0,16,0,CIPHER_STREAM),"aes128-gcm":info(
"aes-128-gcm",16,16,12,16,0,CIPHER_STREAM),"aes256-gcm":info("aes-256-gcm",16,32,12,16,0,CIPHER_STREAM),"aes128-gcm@openssh.com":info("aes-128-gcm",16,16,12,16,
0,CIPHER_STREAM),"aes256-gcm@openssh.com":info("aes-256-gcm",16,32,12,16,0,CIPHER_STREAM),"aes128-cbc":info("aes-128-cbc",16,16,0,0,0,0),"aes192-cbc":info("aes-\
192-cbc",16,24,0,0,0,0),"aes256-cbc":info("aes-256-cbc",16,32,0,0,0,0),"rijndael-cbc@lysator.liu.se":info("aes-256-cbc",16,32,0,0,0,0),"3des-cbc":info("des-ede3\
-cbc",8,24,0,0,0,0),"blowfish-cbc":info("bf-cbc",8,16,0,0,0,0),"idea-cbc":info("idea-cbc",8,16,0,0,0,0),"cast128-cbc":info("cast-cbc",8,16,0,0,0,0),"aes128-ctr":info(
"aes-128-ctr",16,16,16,0,0,CIPHER_STREAM),"aes192-ctr":info("aes-192-ctr",16,24,16,0,0,CIPHER_STREAM),"aes256-ctr":info("aes-256-ctr",16,32,16,0,0,CIPHER_STREAM),
"3des-ctr":info("des-ede3",8,24,8,0,0,CIPHER_STREAM),"blowfish-ctr":info("bf-ecb",8,16,8,0,0,CIPHER_STREAM),"cast128-ctr":info("cast5-ecb",8,16,8,0,0,CIPHER_STREAM),
arcfour:info("rc4",8,16,0,0,1536,CIPHER_STREAM),arcfour128:info("rc4",8,16,0,0,1536,CIPHER_STREAM),arcfour256:info("rc4",8,32,0,0,1536,CIPHER_STREAM),arcfour512:info(
"rc4",8,64,0,0,1536,CIPHER_STREAM)}})(),MAC_INFO=(()=>{function info(sslName,len,actualLen,isETM){return{sslName,len,actualLen,isETM}}return{"hmac-md5":info("md\
5",16,16,!1),"hmac-md5-96":info("md5",16,12,!1),"hmac-ripemd160":info("ripemd160",20,20,!1),"hmac-sha1":info("sha1",20,20,!1),"hmac-sha1-etm@openssh.com":info("\
sha1",20,20,!0),"hmac-sha1-96":info("sha1",20,12,!1),"hmac-sha2-256":info("sha256",32,32,!1),"hmac-sha2-256-etm@openssh.com":info("sha256",32,32,!0),"hmac-sha2-\
256-96":info("sha256",32,12,!1),"hmac-sha2-512":info("sha512",64,64,!1),"hmac-sha2-512-etm@openssh.com":info("sha512",64,64,!0),"hmac-sha2-512-96":info("sha512",
64,12,!1)}})(),NullCipher=class{constructor(seqno,onWrite){this.outSeqno=seqno,this._onWrite=onWrite,this._dead=!1}free(){this._dead=!0}allocPacket(payloadLen){
let pktLen=5+payloadLen,padLen=8-(pktLen&7);padLen<4&&(padLen+=8),pktLen+=padLen;let packet2=Buffer.allocUnsafe(pktLen);return writeUInt32BE(packet2,pktLen-4,0),
packet2[4]=padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){this._dead||(this._onWrite(packet2),this.outSeqno=this.outSeqno+1>>>0)}},
POLY1305_ZEROS=Buffer.alloc(32),POLY1305_OUT_COMPUTE=Buffer.alloc(16),POLY1305_WASM_MODULE,POLY1305_RESULT_MALLOC,poly1305_auth,ChaChaPolyCipherNative=class{constructor(config){
let enc=config.outbound;this.outSeqno=enc.seqno,this._onWrite=enc.onWrite,this._encKeyMain=enc.cipherKey.slice(0,32),this._encKeyPktLen=enc.cipherKey.slice(32),
this._dead=!1}free(){this._dead=!0}allocPacket(payloadLen){let pktLen=5+payloadLen,padLen=8-(pktLen-4&7);padLen<4&&(padLen+=8),pktLen+=padLen;let packet2=Buffer.
allocUnsafe(pktLen);return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){if(this._dead)
return;POLY1305_OUT_COMPUTE[0]=0,writeUInt32BE(POLY1305_OUT_COMPUTE,this.outSeqno,12);let polyKey=createCipheriv("chacha20",this._encKeyMain,POLY1305_OUT_COMPUTE).
update(POLY1305_ZEROS),pktLenEnc=createCipheriv("chacha20",this._encKeyPktLen,POLY1305_OUT_COMPUTE).update(packet2.slice(0,4));this._onWrite(pktLenEnc),POLY1305_OUT_COMPUTE[0]=
1;let payloadEnc=createCipheriv("chacha20",this._encKeyMain,POLY1305_OUT_COMPUTE).update(packet2.slice(4));this._onWrite(payloadEnc),poly1305_auth(POLY1305_RESULT_MALLOC,
pktLenEnc,pktLenEnc.length,payloadEnc,payloadEnc.length,polyKey);let mac=Buffer.allocUnsafe(16);mac.set(new Uint8Array(POLY1305_WASM_MODULE.HEAPU8.buffer,POLY1305_RESULT_MALLOC,
16),0),this._onWrite(mac),this.outSeqno=this.outSeqno+1>>>0}},ChaChaPolyCipherBinding=class{constructor(config){let enc=config.outbound;this.outSeqno=enc.seqno,
this._onWrite=enc.onWrite,this._instance=new ChaChaPolyCipher(enc.cipherKey),this._dead=!1}free(){this._dead=!0,this._instance.free()}allocPacket(payloadLen){let pktLen=5+
payloadLen,padLen=8-(pktLen-4&7);padLen<4&&(padLen+=8),pktLen+=padLen;let packet2=Buffer.allocUnsafe(pktLen+16);return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=
padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){this._dead||(this._instance.encrypt(packet2,this.outSeqno),this._onWrite(packet2),this.
outSeqno=this.outSeqno+1>>>0)}},AESGCMCipherNative=class{constructor(config){let enc=config.outbound;this.outSeqno=enc.seqno,this._onWrite=enc.onWrite,this._encSSLName=
enc.cipherInfo.sslName,this._encKey=enc.cipherKey,this._encIV=enc.cipherIV,this._dead=!1}free(){this._dead=!0}allocPacket(payloadLen){let pktLen=5+payloadLen,padLen=16-
(pktLen-4&15);padLen<4&&(padLen+=16),pktLen+=padLen;let packet2=Buffer.allocUnsafe(pktLen);return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=padLen,randomFillSync(
packet2,5+payloadLen,padLen),packet2}encrypt(packet2){if(this._dead)return;let cipher=createCipheriv(this._encSSLName,this._encKey,this._encIV);cipher.setAutoPadding(
!1);let lenData=packet2.slice(0,4);cipher.setAAD(lenData),this._onWrite(lenData);let encrypted=cipher.update(packet2.slice(4));this._onWrite(encrypted);let final=cipher.
final();final.length&&this._onWrite(final);let tag=cipher.getAuthTag();this._onWrite(tag),ivIncrement(this._encIV),this.outSeqno=this.outSeqno+1>>>0}},AESGCMCipherBinding=class{constructor(config){
let enc=config.outbound;this.outSeqno=enc.seqno,this._onWrite=enc.onWrite,this._instance=new AESGCMCipher(enc.cipherInfo.sslName,enc.cipherKey,enc.cipherIV),this.
_dead=!1}free(){this._dead=!0,this._instance.free()}allocPacket(payloadLen){let pktLen=5+payloadLen,padLen=16-(pktLen-4&15);padLen<4&&(padLen+=16),pktLen+=padLen;
let packet2=Buffer.allocUnsafe(pktLen+16);return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){
this._dead||(this._instance.encrypt(packet2),this._onWrite(packet2),this.outSeqno=this.outSeqno+1>>>0)}},GenericCipherNative=class{constructor(config){let enc=config.
outbound;this.outSeqno=enc.seqno,this._onWrite=enc.onWrite,this._encBlockLen=enc.cipherInfo.blockLen,this._cipherInstance=createCipheriv(enc.cipherInfo.sslName,
enc.cipherKey,enc.cipherIV),this._macSSLName=enc.macInfo.sslName,this._macKey=enc.macKey,this._macActualLen=enc.macInfo.actualLen,this._macETM=enc.macInfo.isETM,
this._aadLen=this._macETM?4:0,this._dead=!1;let discardLen=enc.cipherInfo.discardLen;if(discardLen){let discard=DISCARD_CACHE.get(discardLen);discard===void 0&&
(discard=Buffer.alloc(discardLen),DISCARD_CACHE.set(discardLen,discard)),this._cipherInstance.update(discard)}}free(){this._dead=!0}allocPacket(payloadLen){let blockLen=this.
_encBlockLen,pktLen=5+payloadLen,padLen=blockLen-(pktLen-this._aadLen&blockLen-1);padLen<4&&(padLen+=blockLen),pktLen+=padLen;let packet2=Buffer.allocUnsafe(pktLen);
return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){if(this._dead)return;let mac;if(this.
_macETM){let lenBytes=new Uint8Array(packet2.buffer,packet2.byteOffset,4),encrypted=this._cipherInstance.update(new Uint8Array(packet2.buffer,packet2.byteOffset+
4,packet2.length-4));this._onWrite(lenBytes),this._onWrite(encrypted),mac=createHmac(this._macSSLName,this._macKey),writeUInt32BE(BUF_INT,this.outSeqno,0),mac.update(
BUF_INT),mac.update(lenBytes),mac.update(encrypted)}else{let encrypted=this._cipherInstance.update(packet2);this._onWrite(encrypted),mac=createHmac(this._macSSLName,
this._macKey),writeUInt32BE(BUF_INT,this.outSeqno,0),mac.update(BUF_INT),mac.update(packet2)}let digest=mac.digest();digest.length>this._macActualLen&&(digest=digest.
slice(0,this._macActualLen)),this._onWrite(digest),this.outSeqno=this.outSeqno+1>>>0}},GenericCipherBinding=class{constructor(config){let enc=config.outbound;this.
outSeqno=enc.seqno,this._onWrite=enc.onWrite,this._encBlockLen=enc.cipherInfo.blockLen,this._macLen=enc.macInfo.len,this._macActualLen=enc.macInfo.actualLen,this.
_aadLen=enc.macInfo.isETM?4:0,this._instance=new GenericCipher(enc.cipherInfo.sslName,enc.cipherKey,enc.cipherIV,enc.macInfo.sslName,enc.macKey,enc.macInfo.isETM),
this._dead=!1}free(){this._dead=!0,this._instance.free()}allocPacket(payloadLen){let blockLen=this._encBlockLen,pktLen=5+payloadLen,padLen=blockLen-(pktLen-this.
_aadLen&blockLen-1);padLen<4&&(padLen+=blockLen),pktLen+=padLen;let packet2=Buffer.allocUnsafe(pktLen+this._macLen);return writeUInt32BE(packet2,pktLen-4,0),packet2[4]=
padLen,randomFillSync(packet2,5+payloadLen,padLen),packet2}encrypt(packet2){this._dead||(this._instance.encrypt(packet2,this.outSeqno),this._macActualLen<this._macLen&&
(packet2=new FastBuffer(packet2.buffer,packet2.byteOffset,packet2.length-(this._macLen-this._macActualLen))),this._onWrite(packet2),this.outSeqno=this.outSeqno+
1>>>0)}},NullDecipher=class{constructor(seqno,onPayload){this.inSeqno=seqno,this._onPayload=onPayload,this._len=0,this._lenBytes=0,this._packet=null,this._packetPos=
0}free(){}decrypt(data,p,dataLen){for(;p<dataLen;){if(this._lenBytes<4){let nb=Math.min(4-this._lenBytes,dataLen-p);for(this._lenBytes+=nb;nb--;)this._len=(this.
_len<<8)+data[p++];if(this._lenBytes<4)return;if(this._len>MAX_PACKET_SIZE||this._len<8||(4+this._len&7)!==0)throw new Error("Bad packet length");if(p>=dataLen)
return}if(this._packetPos<this._len){let nb=Math.min(this._len-this._packetPos,dataLen-p),chunk;if(p!==0||nb!==dataLen?chunk=new Uint8Array(data.buffer,data.byteOffset+
p,nb):chunk=data,nb===this._len?this._packet=chunk:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.set(chunk,this._packetPos)),p+=nb,this.
_packetPos+=nb,this._packetPos<this._len)return}let payload=this._packet?new FastBuffer(this._packet.buffer,this._packet.byteOffset+1,this._packet.length-this._packet[0]-
1):EMPTY_BUFFER;this.inSeqno=this.inSeqno+1>>>0,this._len=0,this._lenBytes=0,this._packet=null,this._packetPos=0;{let ret=this._onPayload(payload);if(ret!==void 0)
return ret===!1?p:ret}}}},ChaChaPolyDecipherNative=class{constructor(config){let dec=config.inbound;this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._decKeyMain=
dec.decipherKey.slice(0,32),this._decKeyPktLen=dec.decipherKey.slice(32),this._len=0,this._lenBuf=Buffer.alloc(4),this._lenPos=0,this._packet=null,this._pktLen=
0,this._mac=Buffer.allocUnsafe(16),this._calcMac=Buffer.allocUnsafe(16),this._macPos=0}free(){}decrypt(data,p,dataLen){for(;p<dataLen;){if(this._lenPos<4){let nb=Math.
min(4-this._lenPos,dataLen-p);for(;nb--;)this._lenBuf[this._lenPos++]=data[p++];if(this._lenPos<4)return;POLY1305_OUT_COMPUTE[0]=0,writeUInt32BE(POLY1305_OUT_COMPUTE,
this.inSeqno,12);let decLenBytes=createDecipheriv("chacha20",this._decKeyPktLen,POLY1305_OUT_COMPUTE).update(this._lenBuf);if(this._len=readUInt32BE(decLenBytes,
0),this._len>MAX_PACKET_SIZE||this._len<8||(this._len&7)!==0)throw new Error("Bad packet length")}if(this._pktLen<this._len){if(p>=dataLen)return;let nb=Math.min(
this._len-this._pktLen,dataLen-p),encrypted;if(p!==0||nb!==dataLen?encrypted=new Uint8Array(data.buffer,data.byteOffset+p,nb):encrypted=data,nb===this._len?this.
_packet=encrypted:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.set(encrypted,this._pktLen)),p+=nb,this._pktLen+=nb,this._pktLen<this.
_len||p>=dataLen)return}{let nb=Math.min(16-this._macPos,dataLen-p);if(p!==0||nb!==dataLen?this._mac.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._macPos):
this._mac.set(data,this._macPos),p+=nb,this._macPos+=nb,this._macPos<16)return}POLY1305_OUT_COMPUTE[0]=0,writeUInt32BE(POLY1305_OUT_COMPUTE,this.inSeqno,12);let polyKey=createCipheriv(
"chacha20",this._decKeyMain,POLY1305_OUT_COMPUTE).update(POLY1305_ZEROS);if(poly1305_auth(POLY1305_RESULT_MALLOC,this._lenBuf,4,this._packet,this._packet.length,
polyKey),this._calcMac.set(new Uint8Array(POLY1305_WASM_MODULE.HEAPU8.buffer,POLY1305_RESULT_MALLOC,16),0),!timingSafeEqual(this._calcMac,this._mac))throw new Error(
"Invalid MAC");POLY1305_OUT_COMPUTE[0]=1;let packet2=createDecipheriv("chacha20",this._decKeyMain,POLY1305_OUT_COMPUTE).update(this._packet),payload=new FastBuffer(
packet2.buffer,packet2.byteOffset+1,packet2.length-packet2[0]-1);this.inSeqno=this.inSeqno+1>>>0,this._len=0,this._lenPos=0,this._packet=null,this._pktLen=0,this.
_macPos=0;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===!1?p:ret}}}},ChaChaPolyDecipherBinding=class{constructor(config){let dec=config.inbound;
this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._instance=new ChaChaPolyDecipher(dec.decipherKey),this._len=0,this._lenBuf=Buffer.alloc(4),this._lenPos=
0,this._packet=null,this._pktLen=0,this._mac=Buffer.allocUnsafe(16),this._macPos=0}free(){this._instance.free()}decrypt(data,p,dataLen){for(;p<dataLen;){if(this.
_lenPos<4){let nb=Math.min(4-this._lenPos,dataLen-p);for(;nb--;)this._lenBuf[this._lenPos++]=data[p++];if(this._lenPos<4)return;if(this._len=this._instance.decryptLen(
this._lenBuf,this.inSeqno),this._len>MAX_PACKET_SIZE||this._len<8||(this._len&7)!==0)throw new Error("Bad packet length");if(p>=dataLen)return}if(this._pktLen<this.
_len){let nb=Math.min(this._len-this._pktLen,dataLen-p),encrypted;if(p!==0||nb!==dataLen?encrypted=new Uint8Array(data.buffer,data.byteOffset+p,nb):encrypted=data,
nb===this._len?this._packet=encrypted:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.set(encrypted,this._pktLen)),p+=nb,this._pktLen+=
nb,this._pktLen<this._len||p>=dataLen)return}{let nb=Math.min(16-this._macPos,dataLen-p);if(p!==0||nb!==dataLen?this._mac.set(new Uint8Array(data.buffer,data.byteOffset+
p,nb),this._macPos):this._mac.set(data,this._macPos),p+=nb,this._macPos+=nb,this._macPos<16)return}this._instance.decrypt(this._packet,this._mac,this.inSeqno);let payload=new FastBuffer(
this._packet.buffer,this._packet.byteOffset+1,this._packet.length-this._packet[0]-1);this.inSeqno=this.inSeqno+1>>>0,this._len=0,this._lenPos=0,this._packet=null,
this._pktLen=0,this._macPos=0;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===!1?p:ret}}}},AESGCMDecipherNative=class{constructor(config){let dec=config.
inbound;this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._decipherInstance=null,this._decipherSSLName=dec.decipherInfo.sslName,this._decipherKey=dec.decipherKey,
this._decipherIV=dec.decipherIV,this._len=0,this._lenBytes=0,this._packet=null,this._packetPos=0,this._pktLen=0,this._tag=Buffer.allocUnsafe(16),this._tagPos=0}free(){}decrypt(data,p,dataLen){
for(;p<dataLen;){if(this._lenBytes<4){let nb=Math.min(4-this._lenBytes,dataLen-p);for(this._lenBytes+=nb;nb--;)this._len=(this._len<<8)+data[p++];if(this._lenBytes<
4)return;if(this._len+20>MAX_PACKET_SIZE||this._len<16||(this._len&15)!==0)throw new Error("Bad packet length");this._decipherInstance=createDecipheriv(this._decipherSSLName,
this._decipherKey,this._decipherIV),this._decipherInstance.setAutoPadding(!1),this._decipherInstance.setAAD(intToBytes(this._len))}if(this._pktLen<this._len){if(p>=
dataLen)return;let nb=Math.min(this._len-this._pktLen,dataLen-p),decrypted;if(p!==0||nb!==dataLen?decrypted=this._decipherInstance.update(new Uint8Array(data.buffer,
data.byteOffset+p,nb)):decrypted=this._decipherInstance.update(data),decrypted.length&&(nb===this._len?this._packet=decrypted:(this._packet||(this._packet=Buffer.
allocUnsafe(this._len)),this._packet.set(decrypted,this._packetPos)),this._packetPos+=decrypted.length),p+=nb,this._pktLen+=nb,this._pktLen<this._len||p>=dataLen)
return}{let nb=Math.min(16-this._tagPos,dataLen-p);if(p!==0||nb!==dataLen?this._tag.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._tagPos):this._tag.
set(data,this._tagPos),p+=nb,this._tagPos+=nb,this._tagPos<16)return}{this._decipherInstance.setAuthTag(this._tag);let decrypted=this._decipherInstance.final();
decrypted.length&&(this._packet?this._packet.set(decrypted,this._packetPos):this._packet=decrypted)}let payload=this._packet?new FastBuffer(this._packet.buffer,
this._packet.byteOffset+1,this._packet.length-this._packet[0]-1):EMPTY_BUFFER;this.inSeqno=this.inSeqno+1>>>0,ivIncrement(this._decipherIV),this._len=0,this._lenBytes=
0,this._packet=null,this._packetPos=0,this._pktLen=0,this._tagPos=0;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===!1?p:ret}}}},AESGCMDecipherBinding=class{constructor(config){
let dec=config.inbound;this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._instance=new AESGCMDecipher(dec.decipherInfo.sslName,dec.decipherKey,dec.decipherIV),
this._len=0,this._lenBytes=0,this._packet=null,this._pktLen=0,this._tag=Buffer.allocUnsafe(16),this._tagPos=0}free(){}decrypt(data,p,dataLen){for(;p<dataLen;){if(this.
_lenBytes<4){let nb=Math.min(4-this._lenBytes,dataLen-p);for(this._lenBytes+=nb;nb--;)this._len=(this._len<<8)+data[p++];if(this._lenBytes<4)return;if(this._len+
20>MAX_PACKET_SIZE||this._len<16||(this._len&15)!==0)throw new Error(`Bad packet length: ${this._len}`)}if(this._pktLen<this._len){if(p>=dataLen)return;let nb=Math.
min(this._len-this._pktLen,dataLen-p),encrypted;if(p!==0||nb!==dataLen?encrypted=new Uint8Array(data.buffer,data.byteOffset+p,nb):encrypted=data,nb===this._len?
this._packet=encrypted:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.set(encrypted,this._pktLen)),p+=nb,this._pktLen+=nb,this._pktLen<
this._len||p>=dataLen)return}{let nb=Math.min(16-this._tagPos,dataLen-p);if(p!==0||nb!==dataLen?this._tag.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this.
_tagPos):this._tag.set(data,this._tagPos),p+=nb,this._tagPos+=nb,this._tagPos<16)return}this._instance.decrypt(this._packet,this._len,this._tag);let payload=new FastBuffer(
this._packet.buffer,this._packet.byteOffset+1,this._packet.length-this._packet[0]-1);this.inSeqno=this.inSeqno+1>>>0,this._len=0,this._lenBytes=0,this._packet=null,
this._pktLen=0,this._tagPos=0;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===!1?p:ret}}}},GenericDecipherNative=class{constructor(config){let dec=config.
inbound;this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._decipherInstance=createDecipheriv(dec.decipherInfo.sslName,dec.decipherKey,dec.decipherIV),this.
_decipherInstance.setAutoPadding(!1),this._block=Buffer.allocUnsafe(dec.macInfo.isETM?4:dec.decipherInfo.blockLen),this._blockSize=dec.decipherInfo.blockLen,this.
_blockPos=0,this._len=0,this._packet=null,this._packetPos=0,this._pktLen=0,this._mac=Buffer.allocUnsafe(dec.macInfo.actualLen),this._macPos=0,this._macSSLName=dec.
macInfo.sslName,this._macKey=dec.macKey,this._macActualLen=dec.macInfo.actualLen,this._macETM=dec.macInfo.isETM,this._macInstance=null;let discardLen=dec.decipherInfo.
discardLen;if(discardLen){let discard=DISCARD_CACHE.get(discardLen);discard===void 0&&(discard=Buffer.alloc(discardLen),DISCARD_CACHE.set(discardLen,discard)),this.
_decipherInstance.update(discard)}}free(){}decrypt(data,p,dataLen){for(;p<dataLen;){if(this._blockPos<this._block.length){let nb=Math.min(this._block.length-this.
_blockPos,dataLen-p);if(p!==0||nb!==dataLen||nb<data.length?this._block.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._blockPos):this._block.set(data,
this._blockPos),p+=nb,this._blockPos+=nb,this._blockPos<this._block.length)return;let decrypted,need;if(this._macETM?this._len=need=readUInt32BE(this._block,0):
(decrypted=this._decipherInstance.update(this._block),this._len=readUInt32BE(decrypted,0),need=4+this._len-this._blockSize),this._len>MAX_PACKET_SIZE||this._len<
5||(need&this._blockSize-1)!==0)throw new Error("Bad packet length");if(this._macInstance=createHmac(this._macSSLName,this._macKey),writeUInt32BE(BUF_INT,this.inSeqno,
0),this._macInstance.update(BUF_INT),this._macETM?this._macInstance.update(this._block):(this._macInstance.update(new Uint8Array(decrypted.buffer,decrypted.byteOffset,
4)),this._pktLen=decrypted.length-4,this._packetPos=this._pktLen,this._packet=Buffer.allocUnsafe(this._len),this._packet.set(new Uint8Array(decrypted.buffer,decrypted.
byteOffset+4,this._packetPos),0)),p>=dataLen)return}if(this._pktLen<this._len){let nb=Math.min(this._len-this._pktLen,dataLen-p),encrypted;p!==0||nb!==dataLen?encrypted=
new Uint8Array(data.buffer,data.byteOffset+p,nb):encrypted=data,this._macETM&&this._macInstance.update(encrypted);let decrypted=this._decipherInstance.update(encrypted);
if(decrypted.length&&(nb===this._len?this._packet=decrypted:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.set(decrypted,this._packetPos)),
this._packetPos+=decrypted.length),p+=nb,this._pktLen+=nb,this._pktLen<this._len||p>=dataLen)return}{let nb=Math.min(this._macActualLen-this._macPos,dataLen-p);
if(p!==0||nb!==dataLen?this._mac.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._macPos):this._mac.set(data,this._macPos),p+=nb,this._macPos+=nb,this.
_macPos<this._macActualLen)return}this._macETM||this._macInstance.update(this._packet);let calculated=this._macInstance.digest();if(this._macActualLen<calculated.
length&&(calculated=new Uint8Array(calculated.buffer,calculated.byteOffset,this._macActualLen)),!timingSafeEquals(calculated,this._mac))throw new Error("Invalid\
 MAC");let payload=new FastBuffer(this._packet.buffer,this._packet.byteOffset+1,this._packet.length-this._packet[0]-1);this.inSeqno=this.inSeqno+1>>>0,this._blockPos=
0,this._len=0,this._packet=null,this._packetPos=0,this._pktLen=0,this._macPos=0,this._macInstance=null;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===
!1?p:ret}}}},GenericDecipherBinding=class{constructor(config){let dec=config.inbound;this.inSeqno=dec.seqno,this._onPayload=dec.onPayload,this._instance=new GenericDecipher(
dec.decipherInfo.sslName,dec.decipherKey,dec.decipherIV,dec.macInfo.sslName,dec.macKey,dec.macInfo.isETM,dec.macInfo.actualLen),this._block=Buffer.allocUnsafe(dec.
macInfo.isETM||dec.decipherInfo.stream?4:dec.decipherInfo.blockLen),this._blockPos=0,this._len=0,this._packet=null,this._pktLen=0,this._mac=Buffer.allocUnsafe(dec.
macInfo.actualLen),this._macPos=0,this._macActualLen=dec.macInfo.actualLen,this._macETM=dec.macInfo.isETM}free(){this._instance.free()}decrypt(data,p,dataLen){for(;p<
dataLen;){if(this._blockPos<this._block.length){let nb=Math.min(this._block.length-this._blockPos,dataLen-p);if(p!==0||nb!==dataLen||nb<data.length?this._block.
set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._blockPos):this._block.set(data,this._blockPos),p+=nb,this._blockPos+=nb,this._blockPos<this._block.length)
return;let need;if(this._macETM?this._len=need=readUInt32BE(this._block,0):(this._instance.decryptBlock(this._block),this._len=readUInt32BE(this._block,0),need=
4+this._len-this._block.length),this._len>MAX_PACKET_SIZE||this._len<5||(need&this._block.length-1)!==0)throw new Error("Bad packet length");if(this._macETM||(this.
_pktLen=this._block.length-4,this._pktLen&&(this._packet=Buffer.allocUnsafe(this._len),this._packet.set(new Uint8Array(this._block.buffer,this._block.byteOffset+
4,this._pktLen),0))),p>=dataLen)return}if(this._pktLen<this._len){let nb=Math.min(this._len-this._pktLen,dataLen-p),encrypted;if(p!==0||nb!==dataLen?encrypted=new Uint8Array(
data.buffer,data.byteOffset+p,nb):encrypted=data,nb===this._len?this._packet=encrypted:(this._packet||(this._packet=Buffer.allocUnsafe(this._len)),this._packet.
set(encrypted,this._pktLen)),p+=nb,this._pktLen+=nb,this._pktLen<this._len||p>=dataLen)return}{let nb=Math.min(this._macActualLen-this._macPos,dataLen-p);if(p!==
0||nb!==dataLen?this._mac.set(new Uint8Array(data.buffer,data.byteOffset+p,nb),this._macPos):this._mac.set(data,this._macPos),p+=nb,this._macPos+=nb,this._macPos<
this._macActualLen)return}this._instance.decrypt(this._packet,this.inSeqno,this._block,this._mac);let payload=new FastBuffer(this._packet.buffer,this._packet.byteOffset+
1,this._packet.length-this._packet[0]-1);this.inSeqno=this.inSeqno+1>>>0,this._blockPos=0,this._len=0,this._packet=null,this._pktLen=0,this._macPos=0,this._macInstance=
null;{let ret=this._onPayload(payload);if(ret!==void 0)return ret===!1?p:ret}}}};function ivIncrement(iv){++iv[11]>>>8&&++iv[10]>>>8&&++iv[9]>>>8&&++iv[8]>>>8&&
++iv[7]>>>8&&++iv[6]>>>8&&++iv[5]>>>8&&++iv[4]>>>8}var intToBytes=(()=>{let ret=Buffer.alloc(4);return n=>(ret[0]=n>>>24,ret[1]=n>>>16,ret[2]=n>>>8,ret[3]=n,ret)})();
function timingSafeEquals(a,b){return a.length!==b.length?(timingSafeEqual(a,a),!1):timingSafeEqual(a,b)}function createCipher(config){if(typeof config!="object"||
config===null)throw new Error("Invalid config");if(typeof config.outbound!="object"||config.outbound===null)throw new Error("Invalid outbound");let outbound=config.
outbound;if(typeof outbound.onWrite!="function")throw new Error("Invalid outbound.onWrite");if(typeof outbound.cipherInfo!="object"||outbound.cipherInfo===null)
throw new Error("Invalid outbound.cipherInfo");if(!Buffer.isBuffer(outbound.cipherKey)||outbound.cipherKey.length!==outbound.cipherInfo.keyLen)throw new Error("\
Invalid outbound.cipherKey");if(outbound.cipherInfo.ivLen&&(!Buffer.isBuffer(outbound.cipherIV)||outbound.cipherIV.length!==outbound.cipherInfo.ivLen))throw new Error(
"Invalid outbound.cipherIV");if(typeof outbound.seqno!="number"||outbound.seqno<0||outbound.seqno>MAX_SEQNO)throw new Error("Invalid outbound.seqno");let forceNative=!!outbound.
forceNative;switch(outbound.cipherInfo.sslName){case"aes-128-gcm":case"aes-256-gcm":return AESGCMCipher&&!forceNative?new AESGCMCipherBinding(config):new AESGCMCipherNative(
config);case"chacha20":return ChaChaPolyCipher&&!forceNative?new ChaChaPolyCipherBinding(config):new ChaChaPolyCipherNative(config);default:{if(typeof outbound.
macInfo!="object"||outbound.macInfo===null)throw new Error("Invalid outbound.macInfo");if(!Buffer.isBuffer(outbound.macKey)||outbound.macKey.length!==outbound.macInfo.
len)throw new Error("Invalid outbound.macKey");return GenericCipher&&!forceNative?new GenericCipherBinding(config):new GenericCipherNative(config)}}}function createDecipher(config){
if(typeof config!="object"||config===null)throw new Error("Invalid config");if(typeof config.inbound!="object"||config.inbound===null)throw new Error("Invalid i\
nbound");let inbound=config.inbound;if(typeof inbound.onPayload!="function")throw new Error("Invalid inbound.onPayload");if(typeof inbound.decipherInfo!="object"||
inbound.decipherInfo===null)throw new Error("Invalid inbound.decipherInfo");if(!Buffer.isBuffer(inbound.decipherKey)||inbound.decipherKey.length!==inbound.decipherInfo.
keyLen)throw new Error("Invalid inbound.decipherKey");if(inbound.decipherInfo.ivLen&&(!Buffer.isBuffer(inbound.decipherIV)||inbound.decipherIV.length!==inbound.
decipherInfo.ivLen))throw new Error("Invalid inbound.decipherIV");if(typeof inbound.seqno!="number"||inbound.seqno<0||inbound.seqno>MAX_SEQNO)throw new Error("I\
nvalid inbound.seqno");let forceNative=!!inbound.forceNative;switch(inbound.decipherInfo.sslName){case"aes-128-gcm":case"aes-256-gcm":return AESGCMDecipher&&!forceNative?
new AESGCMDecipherBinding(config):new AESGCMDecipherNative(config);case"chacha20":return ChaChaPolyDecipher&&!forceNative?new ChaChaPolyDecipherBinding(config):
new ChaChaPolyDecipherNative(config);default:{if(typeof inbound.macInfo!="object"||inbound.macInfo===null)throw new Error("Invalid inbound.macInfo");if(!Buffer.
isBuffer(inbound.macKey)||inbound.macKey.length!==inbound.macInfo.len)throw new Error("Invalid inbound.macKey");return GenericDecipher&&!forceNative?new GenericDecipherBinding(
config):new GenericDecipherNative(config)}}}module.exports={CIPHER_INFO,MAC_INFO,bindingAvailable:!!binding,init:new Promise(async(resolve2,reject)=>{try{POLY1305_WASM_MODULE=
await require_poly1305()(),POLY1305_RESULT_MALLOC=POLY1305_WASM_MODULE._malloc(16),poly1305_auth=POLY1305_WASM_MODULE.cwrap("poly1305_auth",null,["number","arra\
y","number","array","number","array"])}catch(ex){return reject(ex)}resolve2()}),NullCipher,createCipher,NullDecipher,createDecipher}}});var require_keyParser=__commonJS({"node_modules/ssh2/lib/protocol/keyParser.js"(exports,module){"use strict";var{createDecipheriv,createECDH,createHash:createHash2,
createHmac,createSign,createVerify,getCiphers,sign:sign_,verify:verify_}=__require("crypto"),supportedOpenSSLCiphers=getCiphers(),{Ber}=require_lib(),bcrypt_pbkdf=require_bcrypt_pbkdf().
pbkdf,{CIPHER_INFO}=require_crypto(),{eddsaSupported,SUPPORTED_CIPHER}=require_constants(),{bufferSlice,makeBufferParser,readString,readUInt32BE,writeUInt32BE}=require_utils(),
SYM_HASH_ALGO=Symbol("Hash Algorithm"),SYM_PRIV_PEM=Symbol("Private key PEM"),SYM_PUB_PEM=Symbol("Public key PEM"),SYM_PUB_SSH=Symbol("Public key SSH"),SYM_DECRYPTED=Symbol(
"Decrypted Key"),CIPHER_INFO_OPENSSL=Object.create(null);{let keys=Object.keys(CIPHER_INFO);for(let i=0;i<keys.length;++i){let cipherName=CIPHER_INFO[keys[i]].sslName;
!cipherName||CIPHER_INFO_OPENSSL[cipherName]||(CIPHER_INFO_OPENSSL[cipherName]=CIPHER_INFO[keys[i]])}}var binaryKeyParser=makeBufferParser();function makePEM(type,data){
data=data.base64Slice(0,data.length);let formatted=data.replace(/.{64}/g,`$&
`);return data.length&63&&(formatted+=`
`),`-----BEGIN ${type} KEY-----
${formatted}-----END ${type} KEY-----`}function combineBuffers(buf1,buf2){let result=Buffer.allocUnsafe(buf1.length+buf2.length);return result.set(buf1,0),result.
set(buf2,buf1.length),result}function skipFields(buf,nfields){let bufLen=buf.length,pos=buf._pos||0;for(let i=0;i<nfields;++i){let left=bufLen-pos;if(pos>=bufLen||
left<4)return!1;let len=readUInt32BE(buf,pos);if(left<4+len)return!1;pos+=4+len}return buf._pos=pos,!0}function genOpenSSLRSAPub(n,e){let asnWriter=new Ber.Writer;
return asnWriter.startSequence(),asnWriter.startSequence(),asnWriter.writeOID("1.2.840.113549.1.1.1"),asnWriter.writeNull(),asnWriter.endSequence(),asnWriter.startSequence(
Ber.BitString),asnWriter.writeByte(0),asnWriter.startSequence(),asnWriter.writeBuffer(n,Ber.Integer),asnWriter.writeBuffer(e,Ber.Integer),asnWriter.endSequence(),
asnWriter.endSequence(),asnWriter.endSequence(),makePEM("PUBLIC",asnWriter.buffer)}function genOpenSSHRSAPub(n,e){let publicKey=Buffer.allocUnsafe(15+e.length+4+
n.length);writeUInt32BE(publicKey,7,0),publicKey.utf8Write("ssh-rsa",4,7);let i=11;return writeUInt32BE(publicKey,e.length,i),publicKey.set(e,i+=4),writeUInt32BE(
publicKey,n.length,i+=e.length),publicKey.set(n,i+4),publicKey}var genOpenSSLRSAPriv=(()=>{function genRSAASN1Buf(n,e,d,p,q,dmp1,dmq1,iqmp){let asnWriter=new Ber.
Writer;return asnWriter.startSequence(),asnWriter.writeInt(0,Ber.Integer),asnWriter.writeBuffer(n,Ber.Integer),asnWriter.writeBuffer(e,Ber.Integer),asnWriter.writeBuffer(
d,Ber.Integer),asnWriter.writeBuffer(p,Ber.Integer),asnWriter.writeBuffer(q,Ber.Integer),asnWriter.writeBuffer(dmp1,Ber.Integer),asnWriter.writeBuffer(dmq1,Ber.
Integer),asnWriter.writeBuffer(iqmp,Ber.Integer),asnWriter.endSequence(),asnWriter.buffer}function bigIntFromBuffer(buf){return BigInt(`0x${buf.hexSlice(0,buf.length)}`)}
function bigIntToBuffer(bn){let hex=bn.toString(16);if((hex.length&1)!==0)hex=`0${hex}`;else{let sigbit=hex.charCodeAt(0);(sigbit===56||sigbit===57||sigbit>=97&&
sigbit<=102)&&(hex=`00${hex}`)}return Buffer.from(hex,"hex")}return function(n,e,d,iqmp,p,q){let bn_d=bigIntFromBuffer(d),dmp1=bigIntToBuffer(bn_d%(bigIntFromBuffer(
p)-1n)),dmq1=bigIntToBuffer(bn_d%(bigIntFromBuffer(q)-1n));return makePEM("RSA PRIVATE",genRSAASN1Buf(n,e,d,p,q,dmp1,dmq1,iqmp))}})();function genOpenSSLDSAPub(p,q,g,y){
let asnWriter=new Ber.Writer;return asnWriter.startSequence(),asnWriter.startSequence(),asnWriter.writeOID("1.2.840.10040.4.1"),asnWriter.startSequence(),asnWriter.
writeBuffer(p,Ber.Integer),asnWriter.writeBuffer(q,Ber.Integer),asnWriter.writeBuffer(g,Ber.Integer),asnWriter.endSequence(),asnWriter.endSequence(),asnWriter.startSequence(
Ber.BitString),asnWriter.writeByte(0),asnWriter.writeBuffer(y,Ber.Integer),asnWriter.endSequence(),asnWriter.endSequence(),makePEM("PUBLIC",asnWriter.buffer)}function genOpenSSHDSAPub(p,q,g,y){
let publicKey=Buffer.allocUnsafe(15+p.length+4+q.length+4+g.length+4+y.length);writeUInt32BE(publicKey,7,0),publicKey.utf8Write("ssh-dss",4,7);let i=11;return writeUInt32BE(
publicKey,p.length,i),publicKey.set(p,i+=4),writeUInt32BE(publicKey,q.length,i+=p.length),publicKey.set(q,i+=4),writeUInt32BE(publicKey,g.length,i+=q.length),publicKey.
set(g,i+=4),writeUInt32BE(publicKey,y.length,i+=g.length),publicKey.set(y,i+4),publicKey}function genOpenSSLDSAPriv(p,q,g,y,x){let asnWriter=new Ber.Writer;return asnWriter.
startSequence(),asnWriter.writeInt(0,Ber.Integer),asnWriter.writeBuffer(p,Ber.Integer),asnWriter.writeBuffer(q,Ber.Integer),asnWriter.writeBuffer(g,Ber.Integer),
asnWriter.writeBuffer(y,Ber.Integer),asnWriter.writeBuffer(x,Ber.Integer),asnWriter.endSequence(),makePEM("DSA PRIVATE",asnWriter.buffer)}function genOpenSSLEdPub(pub){
let asnWriter=new Ber.Writer;return asnWriter.startSequence(),asnWriter.startSequence(),asnWriter.writeOID("1.3.101.112"),asnWriter.endSequence(),asnWriter.startSequence(
Ber.BitString),asnWriter.writeByte(0),asnWriter._ensure(pub.length),asnWriter._buf.set(pub,asnWriter._offset),asnWriter._offset+=pub.length,asnWriter.endSequence(),
asnWriter.endSequence(),makePEM("PUBLIC",asnWriter.buffer)}function genOpenSSHEdPub(pub){let publicKey=Buffer.allocUnsafe(19+pub.length);return writeUInt32BE(publicKey,
11,0),publicKey.utf8Write("ssh-ed25519",4,11),writeUInt32BE(publicKey,pub.length,15),publicKey.set(pub,19),publicKey}function genOpenSSLEdPriv(priv){let asnWriter=new Ber.
Writer;return asnWriter.startSequence(),asnWriter.writeInt(0,Ber.Integer),asnWriter.startSequence(),asnWriter.writeOID("1.3.101.112"),asnWriter.endSequence(),asnWriter.
startSequence(Ber.OctetString),asnWriter.writeBuffer(priv,Ber.OctetString),asnWriter.endSequence(),asnWriter.endSequence(),makePEM("PRIVATE",asnWriter.buffer)}function genOpenSSLECDSAPub(oid,Q){
let asnWriter=new Ber.Writer;return asnWriter.startSequence(),asnWriter.startSequence(),asnWriter.writeOID("1.2.840.10045.2.1"),asnWriter.writeOID(oid),asnWriter.
endSequence(),asnWriter.startSequence(Ber.BitString),asnWriter.writeByte(0),asnWriter._ensure(Q.length),asnWriter._buf.set(Q,asnWriter._offset),asnWriter._offset+=
Q.length,asnWriter.endSequence(),asnWriter.endSequence(),makePEM("PUBLIC",asnWriter.buffer)}function genOpenSSHECDSAPub(oid,Q){let curveName;switch(oid){case"1.\
2.840.10045.3.1.7":curveName="nistp256";break;case"1.3.132.0.34":curveName="nistp384";break;case"1.3.132.0.35":curveName="nistp521";break;default:return}let publicKey=Buffer.
allocUnsafe(39+Q.length);return writeUInt32BE(publicKey,19,0),publicKey.utf8Write(`ecdsa-sha2-${curveName}`,4,19),writeUInt32BE(publicKey,8,23),publicKey.utf8Write(
curveName,27,8),writeUInt32BE(publicKey,Q.length,35),publicKey.set(Q,39),publicKey}function genOpenSSLECDSAPriv(oid,pub,priv){let asnWriter=new Ber.Writer;return asnWriter.
startSequence(),asnWriter.writeInt(1,Ber.Integer),asnWriter.writeBuffer(priv,Ber.OctetString),asnWriter.startSequence(160),asnWriter.writeOID(oid),asnWriter.endSequence(),
asnWriter.startSequence(161),asnWriter.startSequence(Ber.BitString),asnWriter.writeByte(0),asnWriter._ensure(pub.length),asnWriter._buf.set(pub,asnWriter._offset),
asnWriter._offset+=pub.length,asnWriter.endSequence(),asnWriter.endSequence(),asnWriter.endSequence(),makePEM("EC PRIVATE",asnWriter.buffer)}function genOpenSSLECDSAPubFromPriv(curveName,priv){
let tempECDH=createECDH(curveName);return tempECDH.setPrivateKey(priv),tempECDH.getPublicKey()}var BaseKey={sign:typeof sign_=="function"?function(data,algo){let pem=this[SYM_PRIV_PEM];
if(pem===null)return new Error("No private key available");(!algo||typeof algo!="string")&&(algo=this[SYM_HASH_ALGO]);try{return sign_(algo,data,pem)}catch(ex){
return ex}}:function(data,algo){let pem=this[SYM_PRIV_PEM];if(pem===null)return new Error("No private key available");(!algo||typeof algo!="string")&&(algo=this[SYM_HASH_ALGO]);
let signature=createSign(algo);signature.update(data);try{return signature.sign(pem)}catch(ex){return ex}},verify:typeof verify_=="function"?function(data,signature,algo){
let pem=this[SYM_PUB_PEM];if(pem===null)return new Error("No public key available");(!algo||typeof algo!="string")&&(algo=this[SYM_HASH_ALGO]);try{return verify_(
algo,data,pem,signature)}catch(ex){return ex}}:function(data,signature,algo){let pem=this[SYM_PUB_PEM];if(pem===null)return new Error("No public key available");
(!algo||typeof algo!="string")&&(algo=this[SYM_HASH_ALGO]);let verifier=createVerify(algo);verifier.update(data);try{return verifier.verify(pem,signature)}catch(ex){
return ex}},isPrivateKey:function(){return this[SYM_PRIV_PEM]!==null},getPrivatePEM:function(){return this[SYM_PRIV_PEM]},getPublicPEM:function(){return this[SYM_PUB_PEM]},
getPublicSSH:function(){return this[SYM_PUB_SSH]},equals:function(key){let parsed=parseKey2(key);return parsed instanceof Error?!1:this.type===parsed.type&&this[SYM_PRIV_PEM]===
parsed[SYM_PRIV_PEM]&&this[SYM_PUB_PEM]===parsed[SYM_PUB_PEM]&&this[SYM_PUB_SSH].equals(parsed[SYM_PUB_SSH])}};function OpenSSH_Private(type,comment,privPEM,pubPEM,pubSSH,algo,decrypted){
this.type=type,this.comment=comment,this[SYM_PRIV_PEM]=privPEM,this[SYM_PUB_PEM]=pubPEM,this[SYM_PUB_SSH]=pubSSH,this[SYM_HASH_ALGO]=algo,this[SYM_DECRYPTED]=decrypted}
OpenSSH_Private.prototype=BaseKey;{let parseOpenSSHPrivKeys=function(data,nkeys,decrypted){let keys=[];if(data.length<8)return new Error("Malformed OpenSSH priv\
ate key");let check1=readUInt32BE(data,0),check2=readUInt32BE(data,4);if(check1!==check2)return decrypted?new Error("OpenSSH key integrity check failed -- bad p\
assphrase?"):new Error("OpenSSH key integrity check failed");data._pos=8;let i,oid;for(i=0;i<nkeys;++i){let algo,privPEM,pubPEM,pubSSH,type=readString(data,data.
_pos,!0);if(type===void 0)return new Error("Malformed OpenSSH private key");switch(type){case"ssh-rsa":{let n=readString(data,data._pos);if(n===void 0)return new Error(
"Malformed OpenSSH private key");let e=readString(data,data._pos);if(e===void 0)return new Error("Malformed OpenSSH private key");let d=readString(data,data._pos);
if(d===void 0)return new Error("Malformed OpenSSH private key");let iqmp=readString(data,data._pos);if(iqmp===void 0)return new Error("Malformed OpenSSH private\
 key");let p=readString(data,data._pos);if(p===void 0)return new Error("Malformed OpenSSH private key");let q=readString(data,data._pos);if(q===void 0)return new Error(
"Malformed OpenSSH private key");pubPEM=genOpenSSLRSAPub(n,e),pubSSH=genOpenSSHRSAPub(n,e),privPEM=genOpenSSLRSAPriv(n,e,d,iqmp,p,q),algo="sha1";break}case"ssh-\
dss":{let p=readString(data,data._pos);if(p===void 0)return new Error("Malformed OpenSSH private key");let q=readString(data,data._pos);if(q===void 0)return new Error(
"Malformed OpenSSH private key");let g=readString(data,data._pos);if(g===void 0)return new Error("Malformed OpenSSH private key");let y=readString(data,data._pos);
if(y===void 0)return new Error("Malformed OpenSSH private key");let x=readString(data,data._pos);if(x===void 0)return new Error("Malformed OpenSSH private key");
pubPEM=genOpenSSLDSAPub(p,q,g,y),pubSSH=genOpenSSHDSAPub(p,q,g,y),privPEM=genOpenSSLDSAPriv(p,q,g,y,x),algo="sha1";break}case"ssh-ed25519":{if(!eddsaSupported)return new Error(
`Unsupported OpenSSH private key type: ${type}`);let edpub=readString(data,data._pos);if(edpub===void 0||edpub.length!==32)return new Error("Malformed OpenSSH p\
rivate key");let edpriv=readString(data,data._pos);if(edpriv===void 0||edpriv.length!==64)return new Error("Malformed OpenSSH private key");pubPEM=genOpenSSLEdPub(
edpub),pubSSH=genOpenSSHEdPub(edpub),privPEM=genOpenSSLEdPriv(bufferSlice(edpriv,0,32)),algo=null;break}case"ecdsa-sha2-nistp256":algo="sha256",oid="1.2.840.100\
45.3.1.7";case"ecdsa-sha2-nistp384":algo===void 0&&(algo="sha384",oid="1.3.132.0.34");case"ecdsa-sha2-nistp521":{if(algo===void 0&&(algo="sha512",oid="1.3.132.0\
.35"),!skipFields(data,1))return new Error("Malformed OpenSSH private key");let ecpub=readString(data,data._pos);if(ecpub===void 0)return new Error("Malformed O\
penSSH private key");let ecpriv=readString(data,data._pos);if(ecpriv===void 0)return new Error("Malformed OpenSSH private key");pubPEM=genOpenSSLECDSAPub(oid,ecpub),
pubSSH=genOpenSSHECDSAPub(oid,ecpub),privPEM=genOpenSSLECDSAPriv(oid,ecpub,ecpriv);break}default:return new Error(`Unsupported OpenSSH private key type: ${type}`)}
let privComment=readString(data,data._pos,!0);if(privComment===void 0)return new Error("Malformed OpenSSH private key");keys.push(new OpenSSH_Private(type,privComment,
privPEM,pubPEM,pubSSH,algo,decrypted))}let cnt=0;for(i=data._pos;i<data.length;++i)if(data[i]!==++cnt%255)return new Error("Malformed OpenSSH private key");return keys},
regexp=/^-----BEGIN OPENSSH PRIVATE KEY-----(?:\r\n|\n)([\s\S]+)(?:\r\n|\n)-----END OPENSSH PRIVATE KEY-----$/;OpenSSH_Private.parse=(str,passphrase)=>{let m=regexp.
exec(str);if(m===null)return null;let ret,data=Buffer.from(m[1],"base64");if(data.length<31)return new Error("Malformed OpenSSH private key");let magic=data.utf8Slice(
0,15);if(magic!=="openssh-key-v1\0")return new Error(`Unsupported OpenSSH key magic: ${magic}`);let cipherName=readString(data,15,!0);if(cipherName===void 0)return new Error(
"Malformed OpenSSH private key");if(cipherName!=="none"&&SUPPORTED_CIPHER.indexOf(cipherName)===-1)return new Error(`Unsupported cipher for OpenSSH key: ${cipherName}`);
let kdfName=readString(data,data._pos,!0);if(kdfName===void 0)return new Error("Malformed OpenSSH private key");if(kdfName!=="none"){if(cipherName==="none")return new Error(
"Malformed OpenSSH private key");if(kdfName!=="bcrypt")return new Error(`Unsupported kdf name for OpenSSH key: ${kdfName}`);if(!passphrase)return new Error("Enc\
rypted private OpenSSH key detected, but no passphrase given")}else if(cipherName!=="none")return new Error("Malformed OpenSSH private key");let encInfo,cipherKey,
cipherIV;cipherName!=="none"&&(encInfo=CIPHER_INFO[cipherName]);let kdfOptions=readString(data,data._pos);if(kdfOptions===void 0)return new Error("Malformed Ope\
nSSH private key");if(kdfOptions.length)switch(kdfName){case"none":return new Error("Malformed OpenSSH private key");case"bcrypt":{let salt=readString(kdfOptions,
0);if(salt===void 0||kdfOptions._pos+4>kdfOptions.length)return new Error("Malformed OpenSSH private key");let rounds=readUInt32BE(kdfOptions,kdfOptions._pos),gen=Buffer.
allocUnsafe(encInfo.keyLen+encInfo.ivLen);if(bcrypt_pbkdf(passphrase,passphrase.length,salt,salt.length,gen,gen.length,rounds)!==0)return new Error("Failed to g\
enerate information to decrypt key");cipherKey=bufferSlice(gen,0,encInfo.keyLen),cipherIV=bufferSlice(gen,encInfo.keyLen,gen.length);break}}else if(kdfName!=="n\
one")return new Error("Malformed OpenSSH private key");if(data._pos+3>=data.length)return new Error("Malformed OpenSSH private key");let keyCount=readUInt32BE(data,
data._pos);if(data._pos+=4,keyCount>0){for(let i=0;i<keyCount;++i){let pubData=readString(data,data._pos);if(pubData===void 0)return new Error("Malformed OpenSS\
H private key");if(readString(pubData,0,!0)===void 0)return new Error("Malformed OpenSSH private key")}let privBlob=readString(data,data._pos);if(privBlob===void 0)
return new Error("Malformed OpenSSH private key");if(cipherKey!==void 0){if(privBlob.length<encInfo.blockLen||privBlob.length%encInfo.blockLen!==0)return new Error(
"Malformed OpenSSH private key");try{let options={authTagLength:encInfo.authLen},decipher=createDecipheriv(encInfo.sslName,cipherKey,cipherIV,options);if(decipher.
setAutoPadding(!1),encInfo.authLen>0){if(data.length-data._pos<encInfo.authLen)return new Error("Malformed OpenSSH private key");decipher.setAuthTag(bufferSlice(
data,data._pos,data._pos+=encInfo.authLen))}privBlob=combineBuffers(decipher.update(privBlob),decipher.final())}catch(ex){return ex}}if(data._pos!==data.length)
return new Error("Malformed OpenSSH private key");ret=parseOpenSSHPrivKeys(privBlob,keyCount,cipherKey!==void 0)}else ret=[];return ret instanceof Error?ret:ret[0]}}
function OpenSSH_Old_Private(type,comment,privPEM,pubPEM,pubSSH,algo,decrypted){this.type=type,this.comment=comment,this[SYM_PRIV_PEM]=privPEM,this[SYM_PUB_PEM]=
pubPEM,this[SYM_PUB_SSH]=pubSSH,this[SYM_HASH_ALGO]=algo,this[SYM_DECRYPTED]=decrypted}OpenSSH_Old_Private.prototype=BaseKey;{let regexp=/^-----BEGIN (RSA|DSA|EC) PRIVATE KEY-----(?:\r\n|\n)((?:[^:]+:\s*[\S].*(?:\r\n|\n))*)([\s\S]+)(?:\r\n|\n)-----END (RSA|DSA|EC) PRIVATE KEY-----$/;
OpenSSH_Old_Private.parse=(str,passphrase)=>{let m=regexp.exec(str);if(m===null)return null;let privBlob=Buffer.from(m[3],"base64"),headers=m[2],decrypted=!1;if(headers!==
void 0){headers=headers.split(/\r\n|\n/g);for(let i=0;i<headers.length;++i){let header=headers[i],sepIdx=header.indexOf(":");if(header.slice(0,sepIdx)==="DEK-In\
fo"){let val=header.slice(sepIdx+2);if(sepIdx=val.indexOf(","),sepIdx===-1)continue;let cipherName=val.slice(0,sepIdx).toLowerCase();if(supportedOpenSSLCiphers.
indexOf(cipherName)===-1)return new Error(`Cipher (${cipherName}) not supported for encrypted OpenSSH private key`);let encInfo=CIPHER_INFO_OPENSSL[cipherName];
if(!encInfo)return new Error(`Cipher (${cipherName}) not supported for encrypted OpenSSH private key`);let cipherIV=Buffer.from(val.slice(sepIdx+1),"hex");if(cipherIV.
length!==encInfo.ivLen)return new Error("Malformed encrypted OpenSSH private key");if(!passphrase)return new Error("Encrypted OpenSSH private key detected, but \
no passphrase given");let ivSlice=bufferSlice(cipherIV,0,8),cipherKey=createHash2("md5").update(passphrase).update(ivSlice).digest();for(;cipherKey.length<encInfo.
keyLen;)cipherKey=combineBuffers(cipherKey,createHash2("md5").update(cipherKey).update(passphrase).update(ivSlice).digest());cipherKey.length>encInfo.keyLen&&(cipherKey=
bufferSlice(cipherKey,0,encInfo.keyLen));try{let decipher=createDecipheriv(cipherName,cipherKey,cipherIV);decipher.setAutoPadding(!1),privBlob=combineBuffers(decipher.
update(privBlob),decipher.final()),decrypted=!0}catch(ex){return ex}}}}let type,privPEM,pubPEM,pubSSH,algo,reader,errMsg="Malformed OpenSSH private key";switch(decrypted&&
(errMsg+=". Bad passphrase?"),m[1]){case"RSA":type="ssh-rsa",privPEM=makePEM("RSA PRIVATE",privBlob);try{reader=new Ber.Reader(privBlob),reader.readSequence(),reader.
readInt();let n=reader.readString(Ber.Integer,!0);if(n===null)return new Error(errMsg);let e=reader.readString(Ber.Integer,!0);if(e===null)return new Error(errMsg);
pubPEM=genOpenSSLRSAPub(n,e),pubSSH=genOpenSSHRSAPub(n,e)}catch{return new Error(errMsg)}algo="sha1";break;case"DSA":type="ssh-dss",privPEM=makePEM("DSA PRIVATE",
privBlob);try{reader=new Ber.Reader(privBlob),reader.readSequence(),reader.readInt();let p=reader.readString(Ber.Integer,!0);if(p===null)return new Error(errMsg);
let q=reader.readString(Ber.Integer,!0);if(q===null)return new Error(errMsg);let g=reader.readString(Ber.Integer,!0);if(g===null)return new Error(errMsg);let y=reader.
readString(Ber.Integer,!0);if(y===null)return new Error(errMsg);pubPEM=genOpenSSLDSAPub(p,q,g,y),pubSSH=genOpenSSHDSAPub(p,q,g,y)}catch{return new Error(errMsg)}
algo="sha1";break;case"EC":{let ecSSLName,ecPriv,ecOID;try{reader=new Ber.Reader(privBlob),reader.readSequence(),reader.readInt(),ecPriv=reader.readString(Ber.OctetString,
!0),reader.readByte();let offset=reader.readLength();if(offset!==null){if(reader._offset=offset,ecOID=reader.readOID(),ecOID===null)return new Error(errMsg);switch(ecOID){case"\
1.2.840.10045.3.1.7":ecSSLName="prime256v1",type="ecdsa-sha2-nistp256",algo="sha256";break;case"1.3.132.0.34":ecSSLName="secp384r1",type="ecdsa-sha2-nistp384",algo=
"sha384";break;case"1.3.132.0.35":ecSSLName="secp521r1",type="ecdsa-sha2-nistp521",algo="sha512";break;default:return new Error(`Unsupported private key EC OID:\
 ${ecOID}`)}}else return new Error(errMsg)}catch{return new Error(errMsg)}privPEM=makePEM("EC PRIVATE",privBlob);let pubBlob=genOpenSSLECDSAPubFromPriv(ecSSLName,
ecPriv);pubPEM=genOpenSSLECDSAPub(ecOID,pubBlob),pubSSH=genOpenSSHECDSAPub(ecOID,pubBlob);break}}return new OpenSSH_Old_Private(type,"",privPEM,pubPEM,pubSSH,algo,
decrypted)}}function PPK_Private(type,comment,privPEM,pubPEM,pubSSH,algo,decrypted){this.type=type,this.comment=comment,this[SYM_PRIV_PEM]=privPEM,this[SYM_PUB_PEM]=
pubPEM,this[SYM_PUB_SSH]=pubSSH,this[SYM_HASH_ALGO]=algo,this[SYM_DECRYPTED]=decrypted}PPK_Private.prototype=BaseKey;{let EMPTY_PASSPHRASE=Buffer.alloc(0),PPK_IV=Buffer.
from([0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0]),PPK_PP1=Buffer.from([0,0,0,0]),PPK_PP2=Buffer.from([0,0,0,1]),regexp=/^PuTTY-User-Key-File-2: (ssh-(?:rsa|dss))\r?\nEncryption: (aes256-cbc|none)\r?\nComment: ([^\r\n]*)\r?\nPublic-Lines: \d+\r?\n([\s\S]+?)\r?\nPrivate-Lines: \d+\r?\n([\s\S]+?)\r?\nPrivate-MAC: ([^\r\n]+)/;
PPK_Private.parse=(str,passphrase)=>{let m=regexp.exec(str);if(m===null)return null;let cipherName=m[2],encrypted=cipherName!=="none";if(encrypted&&!passphrase)
return new Error("Encrypted PPK private key detected, but no passphrase given");let privBlob=Buffer.from(m[5],"base64");if(encrypted){let encInfo=CIPHER_INFO[cipherName],
cipherKey=combineBuffers(createHash2("sha1").update(PPK_PP1).update(passphrase).digest(),createHash2("sha1").update(PPK_PP2).update(passphrase).digest());cipherKey.
length>encInfo.keyLen&&(cipherKey=bufferSlice(cipherKey,0,encInfo.keyLen));try{let decipher=createDecipheriv(encInfo.sslName,cipherKey,PPK_IV);decipher.setAutoPadding(
!1),privBlob=combineBuffers(decipher.update(privBlob),decipher.final())}catch(ex){return ex}}let type=m[1],comment=m[3],pubBlob=Buffer.from(m[4],"base64"),mac=m[6],
typeLen=type.length,cipherNameLen=cipherName.length,commentLen=Buffer.byteLength(comment),pubLen=pubBlob.length,privLen=privBlob.length,macData=Buffer.allocUnsafe(
4+typeLen+4+cipherNameLen+4+commentLen+4+pubLen+4+privLen),p=0;if(writeUInt32BE(macData,typeLen,p),macData.utf8Write(type,p+=4,typeLen),writeUInt32BE(macData,cipherNameLen,
p+=typeLen),macData.utf8Write(cipherName,p+=4,cipherNameLen),writeUInt32BE(macData,commentLen,p+=cipherNameLen),macData.utf8Write(comment,p+=4,commentLen),writeUInt32BE(
macData,pubLen,p+=commentLen),macData.set(pubBlob,p+=4),writeUInt32BE(macData,privLen,p+=pubLen),macData.set(privBlob,p+4),passphrase||(passphrase=EMPTY_PASSPHRASE),
createHmac("sha1",createHash2("sha1").update("putty-private-key-file-mac-key").update(passphrase).digest()).update(macData).digest("hex")!==mac)return encrypted?
new Error("PPK private key integrity check failed -- bad passphrase?"):new Error("PPK private key integrity check failed");let pubPEM,pubSSH,privPEM;switch(pubBlob.
_pos=0,skipFields(pubBlob,1),type){case"ssh-rsa":{let e=readString(pubBlob,pubBlob._pos);if(e===void 0)return new Error("Malformed PPK public key");let n=readString(
pubBlob,pubBlob._pos);if(n===void 0)return new Error("Malformed PPK public key");let d=readString(privBlob,0);if(d===void 0)return new Error("Malformed PPK priv\
ate key");let p2=readString(privBlob,privBlob._pos);if(p2===void 0)return new Error("Malformed PPK private key");let q=readString(privBlob,privBlob._pos);if(q===
void 0)return new Error("Malformed PPK private key");let iqmp=readString(privBlob,privBlob._pos);if(iqmp===void 0)return new Error("Malformed PPK private key");
pubPEM=genOpenSSLRSAPub(n,e),pubSSH=genOpenSSHRSAPub(n,e),privPEM=genOpenSSLRSAPriv(n,e,d,iqmp,p2,q);break}case"ssh-dss":{let p2=readString(pubBlob,pubBlob._pos);
if(p2===void 0)return new Error("Malformed PPK public key");let q=readString(pubBlob,pubBlob._pos);if(q===void 0)return new Error("Malformed PPK public key");let g=readString(
pubBlob,pubBlob._pos);if(g===void 0)return new Error("Malformed PPK public key");let y=readString(pubBlob,pubBlob._pos);if(y===void 0)return new Error("Malforme\
d PPK public key");let x=readString(privBlob,0);if(x===void 0)return new Error("Malformed PPK private key");pubPEM=genOpenSSLDSAPub(p2,q,g,y),pubSSH=genOpenSSHDSAPub(
p2,q,g,y),privPEM=genOpenSSLDSAPriv(p2,q,g,y,x);break}}return new PPK_Private(type,comment,privPEM,pubPEM,pubSSH,"sha1",encrypted)}}function OpenSSH_Public(type,comment,pubPEM,pubSSH,algo){
this.type=type,this.comment=comment,this[SYM_PRIV_PEM]=null,this[SYM_PUB_PEM]=pubPEM,this[SYM_PUB_SSH]=pubSSH,this[SYM_HASH_ALGO]=algo,this[SYM_DECRYPTED]=!1}OpenSSH_Public.
prototype=BaseKey;{let regexp;eddsaSupported?regexp=/^(((?:ssh-(?:rsa|dss|ed25519))|ecdsa-sha2-nistp(?:256|384|521))(?:-cert-v0[01]@openssh.com)?) ([A-Z0-9a-z/+=]+)(?:$|\s+([\S].*)?)$/:
regexp=/^(((?:ssh-(?:rsa|dss))|ecdsa-sha2-nistp(?:256|384|521))(?:-cert-v0[01]@openssh.com)?) ([A-Z0-9a-z/+=]+)(?:$|\s+([\S].*)?)$/,OpenSSH_Public.parse=str=>{let m=regexp.
exec(str);if(m===null)return null;let fullType=m[1],baseType=m[2],data=Buffer.from(m[3],"base64"),comment=m[4]||"",type=readString(data,data._pos,!0);return type===
void 0||type.indexOf(baseType)!==0?new Error("Malformed OpenSSH public key"):parseDER(data,baseType,comment,fullType)}}function RFC4716_Public(type,comment,pubPEM,pubSSH,algo){
this.type=type,this.comment=comment,this[SYM_PRIV_PEM]=null,this[SYM_PUB_PEM]=pubPEM,this[SYM_PUB_SSH]=pubSSH,this[SYM_HASH_ALGO]=algo,this[SYM_DECRYPTED]=!1}RFC4716_Public.
prototype=BaseKey;{let regexp=/^---- BEGIN SSH2 PUBLIC KEY ----(?:\r?\n)((?:.{0,72}\r?\n)+)---- END SSH2 PUBLIC KEY ----$/,RE_DATA=/^[A-Z0-9a-z/+=\r\n]+$/,RE_HEADER=/^([\x21-\x39\x3B-\x7E]{1,64}): ((?:[^\\]*\\\r?\n)*[^\r\n]+)\r?\n/gm,
RE_HEADER_ENDS=/\\\r?\n/g;RFC4716_Public.parse=str=>{let m=regexp.exec(str);if(m===null)return null;let body=m[1],dataStart=0,comment="";for(;m=RE_HEADER.exec(body);){
let headerName=m[1],headerValue=m[2].replace(RE_HEADER_ENDS,"");if(headerValue.length>1024)return RE_HEADER.lastIndex=0,new Error("Malformed RFC4716 public key");
dataStart=RE_HEADER.lastIndex,headerName.toLowerCase()==="comment"&&(comment=headerValue,comment.length>1&&comment.charCodeAt(0)===34&&comment.charCodeAt(comment.
length-1)===34&&(comment=comment.slice(1,-1)))}let data=body.slice(dataStart);if(!RE_DATA.test(data))return new Error("Malformed RFC4716 public key");data=Buffer.
from(data,"base64");let type=readString(data,0,!0);if(type===void 0)return new Error("Malformed RFC4716 public key");let pubPEM=null,pubSSH=null;switch(type){case"\
ssh-rsa":{let e=readString(data,data._pos);if(e===void 0)return new Error("Malformed RFC4716 public key");let n=readString(data,data._pos);if(n===void 0)return new Error(
"Malformed RFC4716 public key");pubPEM=genOpenSSLRSAPub(n,e),pubSSH=genOpenSSHRSAPub(n,e);break}case"ssh-dss":{let p=readString(data,data._pos);if(p===void 0)return new Error(
"Malformed RFC4716 public key");let q=readString(data,data._pos);if(q===void 0)return new Error("Malformed RFC4716 public key");let g=readString(data,data._pos);
if(g===void 0)return new Error("Malformed RFC4716 public key");let y=readString(data,data._pos);if(y===void 0)return new Error("Malformed RFC4716 public key");pubPEM=
genOpenSSLDSAPub(p,q,g,y),pubSSH=genOpenSSHDSAPub(p,q,g,y);break}default:return new Error("Malformed RFC4716 public key")}return new RFC4716_Public(type,comment,
pubPEM,pubSSH,"sha1")}}function parseDER(data,baseType,comment,fullType){if(!isSupportedKeyType(baseType))return new Error(`Unsupported OpenSSH public key type:\
 ${baseType}`);let algo,oid,pubPEM=null,pubSSH=null;switch(baseType){case"ssh-rsa":{let e=readString(data,data._pos||0);if(e===void 0)return new Error("Malforme\
d OpenSSH public key");let n=readString(data,data._pos);if(n===void 0)return new Error("Malformed OpenSSH public key");pubPEM=genOpenSSLRSAPub(n,e),pubSSH=genOpenSSHRSAPub(
n,e),algo="sha1";break}case"ssh-dss":{let p=readString(data,data._pos||0);if(p===void 0)return new Error("Malformed OpenSSH public key");let q=readString(data,data.
_pos);if(q===void 0)return new Error("Malformed OpenSSH public key");let g=readString(data,data._pos);if(g===void 0)return new Error("Malformed OpenSSH public k\
ey");let y=readString(data,data._pos);if(y===void 0)return new Error("Malformed OpenSSH public key");pubPEM=genOpenSSLDSAPub(p,q,g,y),pubSSH=genOpenSSHDSAPub(p,
q,g,y),algo="sha1";break}case"ssh-ed25519":{let edpub=readString(data,data._pos||0);if(edpub===void 0||edpub.length!==32)return new Error("Malformed OpenSSH pub\
lic key");pubPEM=genOpenSSLEdPub(edpub),pubSSH=genOpenSSHEdPub(edpub),algo=null;break}case"ecdsa-sha2-nistp256":algo="sha256",oid="1.2.840.10045.3.1.7";case"ecd\
sa-sha2-nistp384":algo===void 0&&(algo="sha384",oid="1.3.132.0.34");case"ecdsa-sha2-nistp521":{if(algo===void 0&&(algo="sha512",oid="1.3.132.0.35"),!skipFields(
data,1))return new Error("Malformed OpenSSH public key");let ecpub=readString(data,data._pos||0);if(ecpub===void 0)return new Error("Malformed OpenSSH public ke\
y");pubPEM=genOpenSSLECDSAPub(oid,ecpub),pubSSH=genOpenSSHECDSAPub(oid,ecpub);break}default:return new Error(`Unsupported OpenSSH public key type: ${baseType}`)}
return new OpenSSH_Public(fullType,comment,pubPEM,pubSSH,algo)}function isSupportedKeyType(type){switch(type){case"ssh-rsa":case"ssh-dss":case"ecdsa-sha2-nistp2\
56":case"ecdsa-sha2-nistp384":case"ecdsa-sha2-nistp521":return!0;case"ssh-ed25519":if(eddsaSupported)return!0;default:return!1}}function isParsedKey(val){return val?
typeof val[SYM_DECRYPTED]=="boolean":!1}function parseKey2(data,passphrase){if(isParsedKey(data))return data;let origBuffer;if(Buffer.isBuffer(data))origBuffer=
data,data=data.utf8Slice(0,data.length).trim();else if(typeof data=="string")data=data.trim();else return new Error("Key data must be a Buffer or string");if(passphrase!=
null){if(typeof passphrase=="string")passphrase=Buffer.from(passphrase);else if(!Buffer.isBuffer(passphrase))return new Error("Passphrase must be a string or Bu\
ffer when supplied")}let ret;if((ret=OpenSSH_Private.parse(data,passphrase))!==null||(ret=OpenSSH_Old_Private.parse(data,passphrase))!==null||(ret=PPK_Private.parse(
data,passphrase))!==null||(ret=OpenSSH_Public.parse(data))!==null||(ret=RFC4716_Public.parse(data))!==null)return ret;if(origBuffer){binaryKeyParser.init(origBuffer,
0);let type=binaryKeyParser.readString(!0);type!==void 0&&(data=binaryKeyParser.readRaw(),data!==void 0&&(ret=parseDER(data,type,"",type),ret instanceof Error&&
(ret=null))),binaryKeyParser.clear()}return ret||new Error("Unsupported key format")}module.exports={isParsedKey,isSupportedKeyType,parseDERKey:(data,type)=>parseDER(
data,type,"",type),parseKey:parseKey2}}});var require_keygen=__commonJS({"node_modules/ssh2/lib/keygen.js"(exports,module){"use strict";var{createCipheriv,generateKeyPair:generateKeyPair_,generateKeyPairSync:generateKeyPairSync_,
getCurves,randomBytes}=__require("crypto"),{Ber}=require_lib(),bcrypt_pbkdf=require_bcrypt_pbkdf().pbkdf,{CIPHER_INFO}=require_crypto(),SALT_LEN=16,DEFAULT_ROUNDS=16,
curves=getCurves(),ciphers=new Map(Object.entries(CIPHER_INFO));function makeArgs(type,opts){if(typeof type!="string")throw new TypeError("Key type must be a st\
ring");let publicKeyEncoding={type:"spki",format:"der"},privateKeyEncoding={type:"pkcs8",format:"der"};switch(type.toLowerCase()){case"rsa":{if(typeof opts!="ob\
ject"||opts===null)throw new TypeError("Missing options object for RSA key");let modulusLength=opts.bits;if(!Number.isInteger(modulusLength))throw new TypeError(
"RSA bits must be an integer");if(modulusLength<=0||modulusLength>16384)throw new RangeError("RSA bits must be non-zero and <= 16384");return["rsa",{modulusLength,
publicKeyEncoding,privateKeyEncoding}]}case"ecdsa":{if(typeof opts!="object"||opts===null)throw new TypeError("Missing options object for ECDSA key");if(!Number.
isInteger(opts.bits))throw new TypeError("ECDSA bits must be an integer");let namedCurve;switch(opts.bits){case 256:namedCurve="prime256v1";break;case 384:namedCurve=
"secp384r1";break;case 521:namedCurve="secp521r1";break;default:throw new Error("ECDSA bits must be 256, 384, or 521")}if(!curves.includes(namedCurve))throw new Error(
"Unsupported ECDSA bits value");return["ec",{namedCurve,publicKeyEncoding,privateKeyEncoding}]}case"ed25519":return["ed25519",{publicKeyEncoding,privateKeyEncoding}];default:
throw new Error(`Unsupported key type: ${type}`)}}function parseDERs(keyType,pub,priv){switch(keyType){case"rsa":{let reader=new Ber.Reader(priv);if(reader.readSequence(),
reader.readInt()!==0)throw new Error("Unsupported version in RSA private key");if(reader.readSequence(),reader.readOID()!=="1.2.840.113549.1.1.1")throw new Error(
"Bad RSA private OID");if(reader.readByte()!==Ber.Null)throw new Error("Malformed RSA private key (expected null)");if(reader.readByte()!==0)throw new Error("Ma\
lformed RSA private key (expected zero-length null)");if(reader=new Ber.Reader(reader.readString(Ber.OctetString,!0)),reader.readSequence(),reader.readInt()!==0)
throw new Error("Unsupported version in RSA private key");let n=reader.readString(Ber.Integer,!0),e=reader.readString(Ber.Integer,!0),d=reader.readString(Ber.Integer,
!0),p=reader.readString(Ber.Integer,!0),q=reader.readString(Ber.Integer,!0);reader.readString(Ber.Integer,!0),reader.readString(Ber.Integer,!0);let iqmp=reader.
readString(Ber.Integer,!0),keyName=Buffer.from("ssh-rsa"),privBuf=Buffer.allocUnsafe(4+keyName.length+4+n.length+4+e.length+4+d.length+4+iqmp.length+4+p.length+
4+q.length),pos=0;privBuf.writeUInt32BE(keyName.length,pos+=0),privBuf.set(keyName,pos+=4),privBuf.writeUInt32BE(n.length,pos+=keyName.length),privBuf.set(n,pos+=
4),privBuf.writeUInt32BE(e.length,pos+=n.length),privBuf.set(e,pos+=4),privBuf.writeUInt32BE(d.length,pos+=e.length),privBuf.set(d,pos+=4),privBuf.writeUInt32BE(
iqmp.length,pos+=d.length),privBuf.set(iqmp,pos+=4),privBuf.writeUInt32BE(p.length,pos+=iqmp.length),privBuf.set(p,pos+=4),privBuf.writeUInt32BE(q.length,pos+=p.
length),privBuf.set(q,pos+=4);let pubBuf=Buffer.allocUnsafe(4+keyName.length+4+e.length+4+n.length);return pos=0,pubBuf.writeUInt32BE(keyName.length,pos+=0),pubBuf.
set(keyName,pos+=4),pubBuf.writeUInt32BE(e.length,pos+=keyName.length),pubBuf.set(e,pos+=4),pubBuf.writeUInt32BE(n.length,pos+=e.length),pubBuf.set(n,pos+=4),{sshName:keyName.
toString(),priv:privBuf,pub:pubBuf}}case"ec":{let reader=new Ber.Reader(pub);if(reader.readSequence(),reader.readSequence(),reader.readOID()!=="1.2.840.10045.2.\
1")throw new Error("Bad ECDSA public OID");reader.readOID();let pubBin=reader.readString(Ber.BitString,!0);{let i=0;for(;i<pubBin.length&&pubBin[i]===0;++i);i>0&&
(pubBin=pubBin.slice(i))}if(reader=new Ber.Reader(priv),reader.readSequence(),reader.readInt()!==0)throw new Error("Unsupported version in ECDSA private key");if(reader.
readSequence(),reader.readOID()!=="1.2.840.10045.2.1")throw new Error("Bad ECDSA private OID");let curveOID=reader.readOID(),sshCurveName;switch(curveOID){case"\
1.2.840.10045.3.1.7":sshCurveName="nistp256";break;case"1.3.132.0.34":sshCurveName="nistp384";break;case"1.3.132.0.35":sshCurveName="nistp521";break;default:throw new Error(
"Unsupported curve in ECDSA private key")}if(reader=new Ber.Reader(reader.readString(Ber.OctetString,!0)),reader.readSequence(),reader.readInt()!==1)throw new Error(
"Unsupported version in ECDSA private key");let privBin=Buffer.concat([Buffer.from([0]),reader.readString(Ber.OctetString,!0)]),keyName=Buffer.from(`ecdsa-sha2-${sshCurveName}`);
sshCurveName=Buffer.from(sshCurveName);let privBuf=Buffer.allocUnsafe(4+keyName.length+4+sshCurveName.length+4+pubBin.length+4+privBin.length),pos=0;privBuf.writeUInt32BE(
keyName.length,pos+=0),privBuf.set(keyName,pos+=4),privBuf.writeUInt32BE(sshCurveName.length,pos+=keyName.length),privBuf.set(sshCurveName,pos+=4),privBuf.writeUInt32BE(
pubBin.length,pos+=sshCurveName.length),privBuf.set(pubBin,pos+=4),privBuf.writeUInt32BE(privBin.length,pos+=pubBin.length),privBuf.set(privBin,pos+=4);let pubBuf=Buffer.
allocUnsafe(4+keyName.length+4+sshCurveName.length+4+pubBin.length);return pos=0,pubBuf.writeUInt32BE(keyName.length,pos+=0),pubBuf.set(keyName,pos+=4),pubBuf.writeUInt32BE(
sshCurveName.length,pos+=keyName.length),pubBuf.set(sshCurveName,pos+=4),pubBuf.writeUInt32BE(pubBin.length,pos+=sshCurveName.length),pubBuf.set(pubBin,pos+=4),
{sshName:keyName.toString(),priv:privBuf,pub:pubBuf}}case"ed25519":{let reader=new Ber.Reader(pub);if(reader.readSequence(),reader.readSequence(),reader.readOID()!==
"1.3.101.112")throw new Error("Bad ED25519 public OID");let pubBin=reader.readString(Ber.BitString,!0);{let i=0;for(;i<pubBin.length&&pubBin[i]===0;++i);i>0&&(pubBin=
pubBin.slice(i))}if(reader=new Ber.Reader(priv),reader.readSequence(),reader.readInt()!==0)throw new Error("Unsupported version in ED25519 private key");if(reader.
readSequence(),reader.readOID()!=="1.3.101.112")throw new Error("Bad ED25519 private OID");reader=new Ber.Reader(reader.readString(Ber.OctetString,!0));let privBin=reader.
readString(Ber.OctetString,!0),keyName=Buffer.from("ssh-ed25519"),privBuf=Buffer.allocUnsafe(4+keyName.length+4+pubBin.length+4+(privBin.length+pubBin.length)),
pos=0;privBuf.writeUInt32BE(keyName.length,pos+=0),privBuf.set(keyName,pos+=4),privBuf.writeUInt32BE(pubBin.length,pos+=keyName.length),privBuf.set(pubBin,pos+=
4),privBuf.writeUInt32BE(privBin.length+pubBin.length,pos+=pubBin.length),privBuf.set(privBin,pos+=4),privBuf.set(pubBin,pos+=privBin.length);let pubBuf=Buffer.
allocUnsafe(4+keyName.length+4+pubBin.length);return pos=0,pubBuf.writeUInt32BE(keyName.length,pos+=0),pubBuf.set(keyName,pos+=4),pubBuf.writeUInt32BE(pubBin.length,
pos+=keyName.length),pubBuf.set(pubBin,pos+=4),{sshName:keyName.toString(),priv:privBuf,pub:pubBuf}}}}function convertKeys(keyType,pub,priv,opts){let format="ne\
w",encrypted,comment="";if(typeof opts=="object"&&opts!==null&&(typeof opts.comment=="string"&&opts.comment&&(comment=opts.comment),typeof opts.format=="string"&&
opts.format&&(format=opts.format),opts.passphrase)){let passphrase;if(typeof opts.passphrase=="string")passphrase=Buffer.from(opts.passphrase);else if(Buffer.isBuffer(
opts.passphrase))passphrase=opts.passphrase;else throw new Error("Invalid passphrase");if(opts.cipher===void 0)throw new Error("Missing cipher name");let cipher=ciphers.
get(opts.cipher);if(cipher===void 0)throw new Error("Invalid cipher name");if(format==="new"){let rounds=DEFAULT_ROUNDS;if(opts.rounds!==void 0){if(!Number.isInteger(
opts.rounds))throw new TypeError("rounds must be an integer");opts.rounds>0&&(rounds=opts.rounds)}let gen=Buffer.allocUnsafe(cipher.keyLen+cipher.ivLen),salt=randomBytes(
SALT_LEN);if(bcrypt_pbkdf(passphrase,passphrase.length,salt,salt.length,gen,gen.length,rounds)!==0)return new Error("Failed to generate information to encrypt k\
ey");let kdfOptions=Buffer.allocUnsafe(4+salt.length+4);{let pos=0;kdfOptions.writeUInt32BE(salt.length,pos+=0),kdfOptions.set(salt,pos+=4),kdfOptions.writeUInt32BE(
rounds,pos+=salt.length)}encrypted={cipher,cipherName:opts.cipher,kdfName:"bcrypt",kdfOptions,key:gen.slice(0,cipher.keyLen),iv:gen.slice(cipher.keyLen)}}}switch(format){case"\
new":{let privateB64=`-----BEGIN OPENSSH PRIVATE KEY-----
`,publicB64,cipherName=Buffer.from(encrypted?encrypted.cipherName:"none"),kdfName=Buffer.from(encrypted?encrypted.kdfName:"none"),kdfOptions=encrypted?encrypted.
kdfOptions:Buffer.alloc(0),blockLen=encrypted?encrypted.cipher.blockLen:8,parsed=parseDERs(keyType,pub,priv),checkInt=randomBytes(4),commentBin=Buffer.from(comment),
privBlobLen=8+parsed.priv.length+4+commentBin.length,padding=[];for(let i=1;(privBlobLen+padding.length)%blockLen;++i)padding.push(i&255);padding=Buffer.from(padding);
let privBlob=Buffer.allocUnsafe(privBlobLen+padding.length),extra;{let pos=0;privBlob.set(checkInt,pos+=0),privBlob.set(checkInt,pos+=4),privBlob.set(parsed.priv,
pos+=4),privBlob.writeUInt32BE(commentBin.length,pos+=parsed.priv.length),privBlob.set(commentBin,pos+=4),privBlob.set(padding,pos+=commentBin.length)}if(encrypted){
let options={authTagLength:encrypted.cipher.authLen},cipher=createCipheriv(encrypted.cipher.sslName,encrypted.key,encrypted.iv,options);cipher.setAutoPadding(!1),
privBlob=Buffer.concat([cipher.update(privBlob),cipher.final()]),encrypted.cipher.authLen>0?extra=cipher.getAuthTag():extra=Buffer.alloc(0),encrypted.key.fill(0),
encrypted.iv.fill(0)}else extra=Buffer.alloc(0);let magicBytes=Buffer.from("openssh-key-v1\0"),privBin=Buffer.allocUnsafe(magicBytes.length+4+cipherName.length+
4+kdfName.length+4+kdfOptions.length+4+4+parsed.pub.length+4+privBlob.length+extra.length);{let pos=0;privBin.set(magicBytes,pos+=0),privBin.writeUInt32BE(cipherName.
length,pos+=magicBytes.length),privBin.set(cipherName,pos+=4),privBin.writeUInt32BE(kdfName.length,pos+=cipherName.length),privBin.set(kdfName,pos+=4),privBin.writeUInt32BE(
kdfOptions.length,pos+=kdfName.length),privBin.set(kdfOptions,pos+=4),privBin.writeUInt32BE(1,pos+=kdfOptions.length),privBin.writeUInt32BE(parsed.pub.length,pos+=
4),privBin.set(parsed.pub,pos+=4),privBin.writeUInt32BE(privBlob.length,pos+=parsed.pub.length),privBin.set(privBlob,pos+=4),privBin.set(extra,pos+=privBlob.length)}
{let b64=privBin.base64Slice(0,privBin.length),formatted=b64.replace(/.{64}/g,`$&
`);b64.length&63&&(formatted+=`
`),privateB64+=formatted}{let b64=parsed.pub.base64Slice(0,parsed.pub.length);publicB64=`${parsed.sshName} ${b64}${comment?` ${comment}`:""}`}return privateB64+=
`-----END OPENSSH PRIVATE KEY-----
`,{private:privateB64,public:publicB64}}default:throw new Error("Invalid output key format")}}function noop(){}module.exports={generateKeyPair:(keyType,opts,cb)=>{
typeof opts=="function"&&(cb=opts,opts=void 0),typeof cb!="function"&&(cb=noop);let args=makeArgs(keyType,opts);generateKeyPair_(...args,(err,pub,priv)=>{if(err)
return cb(err);let ret;try{ret=convertKeys(args[0],pub,priv,opts)}catch(ex){return cb(ex)}cb(null,ret)})},generateKeyPairSync:(keyType,opts)=>{let args=makeArgs(
keyType,opts),{publicKey:pub,privateKey:priv}=generateKeyPairSync_(...args);return convertKeys(args[0],pub,priv,opts)}}}});var require_zlib=__commonJS({"node_modules/ssh2/lib/protocol/zlib.js"(exports,module){"use strict";var{kMaxLength}=__require("buffer"),{createInflate,constants:{
DEFLATE,INFLATE,Z_DEFAULT_CHUNK,Z_DEFAULT_COMPRESSION,Z_DEFAULT_MEMLEVEL,Z_DEFAULT_STRATEGY,Z_DEFAULT_WINDOWBITS,Z_PARTIAL_FLUSH}}=__require("zlib"),ZlibHandle=createInflate().
_handle.constructor;function processCallback(){throw new Error("Should not get here")}function zlibOnError(message,errno,code){let self=this._owner,error=new Error(
message);error.errno=errno,error.code=code,self._err=error}function _close(engine){engine._handle&&(engine._handle.close(),engine._handle=null)}var Zlib=class{constructor(mode){
let windowBits=Z_DEFAULT_WINDOWBITS,level=Z_DEFAULT_COMPRESSION,memLevel=Z_DEFAULT_MEMLEVEL,strategy=Z_DEFAULT_STRATEGY,dictionary=void 0;this._err=void 0,this.
_writeState=new Uint32Array(2),this._chunkSize=Z_DEFAULT_CHUNK,this._maxOutputLength=kMaxLength,this._outBuffer=Buffer.allocUnsafe(this._chunkSize),this._outOffset=
0,this._handle=new ZlibHandle(mode),this._handle._owner=this,this._handle.onerror=zlibOnError,this._handle.init(windowBits,level,memLevel,strategy,this._writeState,
processCallback,dictionary)}writeSync(chunk,retChunks){let handle=this._handle;if(!handle)throw new Error("Invalid Zlib instance");let availInBefore=chunk.length,
availOutBefore=this._chunkSize-this._outOffset,inOff=0,availOutAfter,availInAfter,buffers,nread=0,state=this._writeState,buffer=this._outBuffer,offset=this._outOffset,
chunkSize=this._chunkSize;for(;;){if(handle.writeSync(Z_PARTIAL_FLUSH,chunk,inOff,availInBefore,buffer,offset,availOutBefore),this._err)throw this._err;availOutAfter=
state[0],availInAfter=state[1];let inDelta=availInBefore-availInAfter,have=availOutBefore-availOutAfter;if(have>0){let out=offset===0&&have===buffer.length?buffer:
buffer.slice(offset,offset+have);if(offset+=have,buffers?buffers.push===void 0?buffers=[buffers,out]:buffers.push(out):buffers=out,nread+=out.byteLength,nread>this.
_maxOutputLength)throw _close(this),new Error(`Output length exceeded maximum of ${this._maxOutputLength}`)}else if(have!==0)throw new Error("have should not go\
 down");if((availOutAfter===0||offset>=chunkSize)&&(availOutBefore=chunkSize,offset=0,buffer=Buffer.allocUnsafe(chunkSize)),availOutAfter===0)inOff+=inDelta,availInBefore=
availInAfter;else break}if(this._outBuffer=buffer,this._outOffset=offset,nread===0&&(buffers=Buffer.alloc(0)),retChunks)return buffers.totalLen=nread,buffers;if(buffers.
push===void 0)return buffers;let output=Buffer.allocUnsafe(nread);for(let i=0,p=0;i<buffers.length;++i){let buf=buffers[i];output.set(buf,p),p+=buf.length}return output}},
ZlibPacketWriter=class{constructor(protocol){this.allocStart=0,this.allocStartKEX=0,this._protocol=protocol,this._zlib=new Zlib(DEFLATE)}cleanup(){this._zlib&&_close(
this._zlib)}alloc(payloadSize,force){return Buffer.allocUnsafe(payloadSize)}finalize(payload,force){if(this._protocol._kexinit===void 0||force){let output=this.
_zlib.writeSync(payload,!0),packet2=this._protocol._cipher.allocPacket(output.totalLen);if(output.push===void 0)packet2.set(output,5);else for(let i=0,p=5;i<output.
length;++i){let chunk=output[i];packet2.set(chunk,p),p+=chunk.length}return packet2}return payload}},PacketWriter=class{constructor(protocol){this.allocStart=5,
this.allocStartKEX=5,this._protocol=protocol}cleanup(){}alloc(payloadSize,force){return this._protocol._kexinit===void 0||force?this._protocol._cipher.allocPacket(
payloadSize):Buffer.allocUnsafe(payloadSize)}finalize(packet2,force){return packet2}},ZlibPacketReader=class{constructor(){this._zlib=new Zlib(INFLATE)}cleanup(){
this._zlib&&_close(this._zlib)}read(data){return this._zlib.writeSync(data,!1)}},PacketReader=class{cleanup(){}read(data){return data}};module.exports={PacketReader,
PacketWriter,ZlibPacketReader,ZlibPacketWriter}}});var require_handlers_misc=__commonJS({"node_modules/ssh2/lib/protocol/handlers.misc.js"(exports,module){"use strict";var{bufferSlice,bufferParser,doFatalError,sigSSHToASN1,
writeUInt32BE}=require_utils(),{CHANNEL_OPEN_FAILURE,COMPAT,MESSAGE,TERMINAL_MODE}=require_constants(),{parseKey:parseKey2}=require_keyParser(),TERMINAL_MODE_BY_VALUE=Array.
from(Object.entries(TERMINAL_MODE)).reduce((obj,[key,value])=>({...obj,[key]:value}),{});module.exports={[MESSAGE.DISCONNECT]:(self,payload)=>{bufferParser.init(
payload,1);let reason2=bufferParser.readUInt32BE(),desc=bufferParser.readString(!0),lang=bufferParser.readString();if(bufferParser.clear(),lang===void 0)return doFatalError(
self,"Inbound: Malformed DISCONNECT packet");self._debug&&self._debug(`Inbound: Received DISCONNECT (${reason2}, "${desc}")`);let handler=self._handlers.DISCONNECT;
handler&&handler(self,reason2,desc)},[MESSAGE.IGNORE]:(self,payload)=>{self._debug&&self._debug("Inbound: Received IGNORE")},[MESSAGE.UNIMPLEMENTED]:(self,payload)=>{
bufferParser.init(payload,1);let seqno=bufferParser.readUInt32BE();if(bufferParser.clear(),seqno===void 0)return doFatalError(self,"Inbound: Malformed UNIMPLEME\
NTED packet");self._debug&&self._debug(`Inbound: Received UNIMPLEMENTED (seqno ${seqno})`)},[MESSAGE.DEBUG]:(self,payload)=>{bufferParser.init(payload,1);let display=bufferParser.
readBool(),msg=bufferParser.readString(!0),lang=bufferParser.readString();if(bufferParser.clear(),lang===void 0)return doFatalError(self,"Inbound: Malformed DEB\
UG packet");self._debug&&self._debug("Inbound: Received DEBUG");let handler=self._handlers.DEBUG;handler&&handler(self,display,msg)},[MESSAGE.SERVICE_REQUEST]:(self,payload)=>{
bufferParser.init(payload,1);let name=bufferParser.readString(!0);if(bufferParser.clear(),name===void 0)return doFatalError(self,"Inbound: Malformed SERVICE_REQ\
UEST packet");self._debug&&self._debug(`Inbound: Received SERVICE_REQUEST (${name})`);let handler=self._handlers.SERVICE_REQUEST;handler&&handler(self,name)},[MESSAGE.
SERVICE_ACCEPT]:(self,payload)=>{bufferParser.init(payload,1);let name=bufferParser.readString(!0);if(bufferParser.clear(),name===void 0)return doFatalError(self,
"Inbound: Malformed SERVICE_ACCEPT packet");self._debug&&self._debug(`Inbound: Received SERVICE_ACCEPT (${name})`);let handler=self._handlers.SERVICE_ACCEPT;handler&&
handler(self,name)},[MESSAGE.EXT_INFO]:(self,payload)=>{bufferParser.init(payload,1);let numExts=bufferParser.readUInt32BE(),exts;if(numExts!==void 0){exts=[];for(let i=0;i<
numExts;++i){let name=bufferParser.readString(!0),data=bufferParser.readString();if(data!==void 0)if(name==="server-sig-algs"){let algs=data.latin1Slice(0,data.
length).split(",");exts.push({name,algs});continue}else continue;exts=void 0;break}}if(bufferParser.clear(),exts===void 0)return doFatalError(self,"Inbound: Mal\
formed EXT_INFO packet");self._debug&&self._debug("Inbound: Received EXT_INFO");let handler=self._handlers.EXT_INFO;handler&&handler(self,exts)},[MESSAGE.USERAUTH_REQUEST]:(self,payload)=>{
bufferParser.init(payload,1);let user=bufferParser.readString(!0),service=bufferParser.readString(!0),method=bufferParser.readString(!0),methodData,methodDesc;switch(method){case"\
none":methodData=null;break;case"password":{let isChange=bufferParser.readBool();if(isChange!==void 0&&(methodData=bufferParser.readString(!0),methodData!==void 0&&
isChange)){let newPassword=bufferParser.readString(!0);newPassword!==void 0?methodData={oldPassword:methodData,newPassword}:methodData=void 0}break}case"publick\
ey":{let hasSig=bufferParser.readBool();if(hasSig!==void 0){let keyAlgo=bufferParser.readString(!0),realKeyAlgo=keyAlgo,key=bufferParser.readString(),hashAlgo;switch(keyAlgo){case"\
rsa-sha2-256":realKeyAlgo="ssh-rsa",hashAlgo="sha256";break;case"rsa-sha2-512":realKeyAlgo="ssh-rsa",hashAlgo="sha512";break}if(hasSig){let blobEnd=bufferParser.
pos(),signature=bufferParser.readString();if(signature!==void 0&&(signature.length>4+keyAlgo.length+4&&signature.utf8Slice(4,4+keyAlgo.length)===keyAlgo&&(signature=
bufferSlice(signature,4+keyAlgo.length+4)),signature=sigSSHToASN1(signature,realKeyAlgo),signature)){let sessionID=self._kex.sessionID,blob=Buffer.allocUnsafe(4+
sessionID.length+blobEnd);writeUInt32BE(blob,sessionID.length,0),blob.set(sessionID,4),blob.set(new Uint8Array(payload.buffer,payload.byteOffset,blobEnd),4+sessionID.
length),methodData={keyAlgo:realKeyAlgo,key,signature,blob,hashAlgo}}}else methodData={keyAlgo:realKeyAlgo,key,hashAlgo},methodDesc="publickey -- check"}break}case"\
hostbased":{let keyAlgo=bufferParser.readString(!0),realKeyAlgo=keyAlgo,key=bufferParser.readString(),localHostname=bufferParser.readString(!0),localUsername=bufferParser.
readString(!0),hashAlgo;switch(keyAlgo){case"rsa-sha2-256":realKeyAlgo="ssh-rsa",hashAlgo="sha256";break;case"rsa-sha2-512":realKeyAlgo="ssh-rsa",hashAlgo="sha5\
12";break}let blobEnd=bufferParser.pos(),signature=bufferParser.readString();if(signature!==void 0&&(signature.length>4+keyAlgo.length+4&&signature.utf8Slice(4,
4+keyAlgo.length)===keyAlgo&&(signature=bufferSlice(signature,4+keyAlgo.length+4)),signature=sigSSHToASN1(signature,realKeyAlgo),signature!==void 0)){let sessionID=self.
_kex.sessionID,blob=Buffer.allocUnsafe(4+sessionID.length+blobEnd);writeUInt32BE(blob,sessionID.length,0),blob.set(sessionID,4),blob.set(new Uint8Array(payload.
buffer,payload.byteOffset,blobEnd),4+sessionID.length),methodData={keyAlgo:realKeyAlgo,key,signature,blob,localHostname,localUsername,hashAlgo}}break}case"keybo\
ard-interactive":bufferParser.skipString(),methodData=bufferParser.readList();break;default:method!==void 0&&(methodData=bufferParser.readRaw())}if(bufferParser.
clear(),methodData===void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_REQUEST packet");methodDesc===void 0&&(methodDesc=method),self._authsQueue.push(
method),self._debug&&self._debug(`Inbound: Received USERAUTH_REQUEST (${methodDesc})`);let handler=self._handlers.USERAUTH_REQUEST;handler&&handler(self,user,service,
method,methodData)},[MESSAGE.USERAUTH_FAILURE]:(self,payload)=>{bufferParser.init(payload,1);let authMethods=bufferParser.readList(),partialSuccess=bufferParser.
readBool();if(bufferParser.clear(),partialSuccess===void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_FAILURE packet");self._debug&&self._debug(`Inbo\
und: Received USERAUTH_FAILURE (${authMethods})`),self._authsQueue.shift();let handler=self._handlers.USERAUTH_FAILURE;handler&&handler(self,authMethods,partialSuccess)},
[MESSAGE.USERAUTH_SUCCESS]:(self,payload)=>{self._debug&&self._debug("Inbound: Received USERAUTH_SUCCESS"),self._authsQueue.shift();let handler=self._handlers.USERAUTH_SUCCESS;
handler&&handler(self)},[MESSAGE.USERAUTH_BANNER]:(self,payload)=>{bufferParser.init(payload,1);let msg=bufferParser.readString(!0),lang=bufferParser.readString();
if(bufferParser.clear(),lang===void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_BANNER packet");self._debug&&self._debug("Inbound: Received USERAUTH\
_BANNER");let handler=self._handlers.USERAUTH_BANNER;handler&&handler(self,msg)},60:(self,payload)=>{if(!self._authsQueue.length){self._debug&&self._debug("Inbo\
und: Received payload type 60 without auth");return}switch(self._authsQueue[0]){case"password":{bufferParser.init(payload,1);let prompt=bufferParser.readString(
!0),lang=bufferParser.readString();if(bufferParser.clear(),lang===void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_PASSWD_CHANGEREQ packet");self._debug&&
self._debug("Inbound: Received USERAUTH_PASSWD_CHANGEREQ");let handler=self._handlers.USERAUTH_PASSWD_CHANGEREQ;handler&&handler(self,prompt);break}case"publick\
ey":{bufferParser.init(payload,1);let keyAlgo=bufferParser.readString(!0),key=bufferParser.readString();if(bufferParser.clear(),key===void 0)return doFatalError(
self,"Inbound: Malformed USERAUTH_PK_OK packet");self._debug&&self._debug("Inbound: Received USERAUTH_PK_OK"),self._authsQueue.shift();let handler=self._handlers.
USERAUTH_PK_OK;handler&&handler(self,keyAlgo,key);break}case"keyboard-interactive":{bufferParser.init(payload,1);let name=bufferParser.readString(!0),instructions=bufferParser.
readString(!0);bufferParser.readString();let numPrompts=bufferParser.readUInt32BE(),prompts;if(numPrompts!==void 0){prompts=new Array(numPrompts);let i;for(i=0;i<
numPrompts;++i){let prompt=bufferParser.readString(!0),echo=bufferParser.readBool();if(echo===void 0)break;prompts[i]={prompt,echo}}i!==numPrompts&&(prompts=void 0)}
if(bufferParser.clear(),prompts===void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_INFO_REQUEST packet");self._debug&&self._debug("Inbound: Received\
 USERAUTH_INFO_REQUEST");let handler=self._handlers.USERAUTH_INFO_REQUEST;handler&&handler(self,name,instructions,prompts);break}default:self._debug&&self._debug(
"Inbound: Received unexpected payload type 60")}},61:(self,payload)=>{if(!self._authsQueue.length){self._debug&&self._debug("Inbound: Received payload type 61 w\
ithout auth");return}if(self._authsQueue[0]!=="keyboard-interactive")return doFatalError(self,"Inbound: Received unexpected payload type 61");bufferParser.init(
payload,1);let numResponses=bufferParser.readUInt32BE(),responses;if(numResponses!==void 0){responses=new Array(numResponses);let i;for(i=0;i<numResponses;++i){
let response=bufferParser.readString(!0);if(response===void 0)break;responses[i]=response}i!==numResponses&&(responses=void 0)}if(bufferParser.clear(),responses===
void 0)return doFatalError(self,"Inbound: Malformed USERAUTH_INFO_RESPONSE packet");self._debug&&self._debug("Inbound: Received USERAUTH_INFO_RESPONSE");let handler=self.
_handlers.USERAUTH_INFO_RESPONSE;handler&&handler(self,responses)},[MESSAGE.GLOBAL_REQUEST]:(self,payload)=>{bufferParser.init(payload,1);let name=bufferParser.
readString(!0),wantReply=bufferParser.readBool(),data;if(wantReply!==void 0)switch(name){case"tcpip-forward":case"cancel-tcpip-forward":{let bindAddr=bufferParser.
readString(!0),bindPort=bufferParser.readUInt32BE();bindPort!==void 0&&(data={bindAddr,bindPort});break}case"streamlocal-forward@openssh.com":case"cancel-stream\
local-forward@openssh.com":{let socketPath=bufferParser.readString(!0);socketPath!==void 0&&(data={socketPath});break}case"no-more-sessions@openssh.com":data=null;
break;case"hostkeys-00@openssh.com":{for(data=[];bufferParser.avail()>0;){let keyRaw=bufferParser.readString();if(keyRaw===void 0){data=void 0;break}let key=parseKey2(
keyRaw);key instanceof Error||data.push(key)}break}default:data=bufferParser.readRaw()}if(bufferParser.clear(),data===void 0)return doFatalError(self,"Inbound: \
Malformed GLOBAL_REQUEST packet");self._debug&&self._debug(`Inbound: GLOBAL_REQUEST (${name})`);let handler=self._handlers.GLOBAL_REQUEST;handler?handler(self,name,
wantReply,data):self.requestFailure()},[MESSAGE.REQUEST_SUCCESS]:(self,payload)=>{let data=payload.length>1?bufferSlice(payload,1):null;self._debug&&self._debug(
"Inbound: REQUEST_SUCCESS");let handler=self._handlers.REQUEST_SUCCESS;handler&&handler(self,data)},[MESSAGE.REQUEST_FAILURE]:(self,payload)=>{self._debug&&self.
_debug("Inbound: Received REQUEST_FAILURE");let handler=self._handlers.REQUEST_FAILURE;handler&&handler(self)},[MESSAGE.CHANNEL_OPEN]:(self,payload)=>{bufferParser.
init(payload,1);let type=bufferParser.readString(!0),sender=bufferParser.readUInt32BE(),window=bufferParser.readUInt32BE(),packetSize2=bufferParser.readUInt32BE(),
channelInfo;switch(type){case"forwarded-tcpip":case"direct-tcpip":{let destIP=bufferParser.readString(!0),destPort=bufferParser.readUInt32BE(),srcIP=bufferParser.
readString(!0),srcPort=bufferParser.readUInt32BE();srcPort!==void 0&&(channelInfo={type,sender,window,packetSize:packetSize2,data:{destIP,destPort,srcIP,srcPort}});
break}case"forwarded-streamlocal@openssh.com":case"direct-streamlocal@openssh.com":{let socketPath=bufferParser.readString(!0);socketPath!==void 0&&(channelInfo=
{type,sender,window,packetSize:packetSize2,data:{socketPath}});break}case"x11":{let srcIP=bufferParser.readString(!0),srcPort=bufferParser.readUInt32BE();srcPort!==
void 0&&(channelInfo={type,sender,window,packetSize:packetSize2,data:{srcIP,srcPort}});break}default:channelInfo={type,sender,window,packetSize:packetSize2,data:{}}}
if(bufferParser.clear(),channelInfo===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_OPEN packet");self._debug&&self._debug(`Inbound: CHANNEL_OPEN \
(s:${sender}, ${type})`);let handler=self._handlers.CHANNEL_OPEN;handler?handler(self,channelInfo):self.channelOpenFail(channelInfo.sender,CHANNEL_OPEN_FAILURE.
ADMINISTRATIVELY_PROHIBITED,"","")},[MESSAGE.CHANNEL_OPEN_CONFIRMATION]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.readUInt32BE(),
sender=bufferParser.readUInt32BE(),window=bufferParser.readUInt32BE(),packetSize2=bufferParser.readUInt32BE(),data=bufferParser.avail()?bufferParser.readRaw():void 0;
if(bufferParser.clear(),packetSize2===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_OPEN_CONFIRMATION packet");self._debug&&self._debug(`Inbound: \
CHANNEL_OPEN_CONFIRMATION (r:${recipient}, s:${sender})`);let handler=self._handlers.CHANNEL_OPEN_CONFIRMATION;handler&&handler(self,{recipient,sender,window,packetSize:packetSize2,
data})},[MESSAGE.CHANNEL_OPEN_FAILURE]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.readUInt32BE(),reason2=bufferParser.readUInt32BE(),
description=bufferParser.readString(!0),lang=bufferParser.readString();if(bufferParser.clear(),lang===void 0)return doFatalError(self,"Inbound: Malformed CHANNE\
L_OPEN_FAILURE packet");self._debug&&self._debug(`Inbound: CHANNEL_OPEN_FAILURE (r:${recipient})`);let handler=self._handlers.CHANNEL_OPEN_FAILURE;handler&&handler(
self,recipient,reason2,description)},[MESSAGE.CHANNEL_WINDOW_ADJUST]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.readUInt32BE(),bytesToAdd=bufferParser.
readUInt32BE();if(bufferParser.clear(),bytesToAdd===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_WINDOW_ADJUST packet");self._debug&&self._debug(
`Inbound: CHANNEL_WINDOW_ADJUST (r:${recipient}, ${bytesToAdd})`);let handler=self._handlers.CHANNEL_WINDOW_ADJUST;handler&&handler(self,recipient,bytesToAdd)},
[MESSAGE.CHANNEL_DATA]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.readUInt32BE(),data=bufferParser.readString();if(bufferParser.clear(),
data===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_DATA packet");self._debug&&self._debug(`Inbound: CHANNEL_DATA (r:${recipient}, ${data.length}\
)`);let handler=self._handlers.CHANNEL_DATA;handler&&handler(self,recipient,data)},[MESSAGE.CHANNEL_EXTENDED_DATA]:(self,payload)=>{bufferParser.init(payload,1);
let recipient=bufferParser.readUInt32BE(),type=bufferParser.readUInt32BE(),data=bufferParser.readString();if(bufferParser.clear(),data===void 0)return doFatalError(
self,"Inbound: Malformed CHANNEL_EXTENDED_DATA packet");self._debug&&self._debug(`Inbound: CHANNEL_EXTENDED_DATA (r:${recipient}, ${data.length})`);let handler=self.
_handlers.CHANNEL_EXTENDED_DATA;handler&&handler(self,recipient,data,type)},[MESSAGE.CHANNEL_EOF]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.
readUInt32BE();if(bufferParser.clear(),recipient===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_EOF packet");self._debug&&self._debug(`Inbound: C\
HANNEL_EOF (r:${recipient})`);let handler=self._handlers.CHANNEL_EOF;handler&&handler(self,recipient)},[MESSAGE.CHANNEL_CLOSE]:(self,payload)=>{bufferParser.init(
payload,1);let recipient=bufferParser.readUInt32BE();if(bufferParser.clear(),recipient===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_CLOSE packe\
t");self._debug&&self._debug(`Inbound: CHANNEL_CLOSE (r:${recipient})`);let handler=self._handlers.CHANNEL_CLOSE;handler&&handler(self,recipient)},[MESSAGE.CHANNEL_REQUEST]:(self,payload)=>{
bufferParser.init(payload,1);let recipient=bufferParser.readUInt32BE(),type=bufferParser.readString(!0),wantReply=bufferParser.readBool(),data;if(wantReply!==void 0)
switch(type){case"exit-status":data=bufferParser.readUInt32BE(),self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${data})`);break;case"\
exit-signal":{let signal,coreDumped;if(self._compatFlags&COMPAT.OLD_EXIT){let num=bufferParser.readUInt32BE();switch(num){case 1:signal="HUP";break;case 2:signal=
"INT";break;case 3:signal="QUIT";break;case 6:signal="ABRT";break;case 9:signal="KILL";break;case 14:signal="ALRM";break;case 15:signal="TERM";break;default:num!==
void 0&&(signal=`UNKNOWN (${num})`)}coreDumped=!1}else signal=bufferParser.readString(!0),coreDumped=bufferParser.readBool(),coreDumped===void 0&&(signal=void 0);
let errorMessage=bufferParser.readString(!0);bufferParser.skipString()!==void 0&&(data={signal,coreDumped,errorMessage}),self._debug&&self._debug(`Inbound: CHAN\
NEL_REQUEST (r:${recipient}, ${type}: ${signal})`);break}case"pty-req":{let term=bufferParser.readString(!0),cols=bufferParser.readUInt32BE(),rows=bufferParser.
readUInt32BE(),width=bufferParser.readUInt32BE(),height=bufferParser.readUInt32BE(),modesBinary=bufferParser.readString();if(modesBinary!==void 0){bufferParser.
init(modesBinary,1);let modes={};for(;bufferParser.avail();){let opcode=bufferParser.readByte();if(opcode===TERMINAL_MODE.TTY_OP_END)break;let name=TERMINAL_MODE_BY_VALUE[opcode],
value=bufferParser.readUInt32BE();if(opcode===void 0||name===void 0||value===void 0){modes=void 0;break}modes[name]=value}modes!==void 0&&(data={term,cols,rows,
width,height,modes})}self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type})`);break}case"window-change":{let cols=bufferParser.readUInt32BE(),
rows=bufferParser.readUInt32BE(),width=bufferParser.readUInt32BE(),height=bufferParser.readUInt32BE();height!==void 0&&(data={cols,rows,width,height}),self._debug&&
self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type})`);break}case"x11-req":{let single=bufferParser.readBool(),protocol=bufferParser.readString(!0),cookie=bufferParser.
readString(),screen=bufferParser.readUInt32BE();screen!==void 0&&(data={single,protocol,cookie,screen}),self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}\
, ${type})`);break}case"env":{let name=bufferParser.readString(!0),value=bufferParser.readString(!0);value!==void 0&&(data={name,value}),self._debug&&self._debug(
`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${name}=${value})`);break}case"shell":data=null,self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}\
, ${type})`);break;case"exec":data=bufferParser.readString(!0),self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${data})`);break;case"\
subsystem":data=bufferParser.readString(!0),self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${data})`);break;case"signal":data=bufferParser.
readString(!0),self._debug&&self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${data})`);break;case"xon-xoff":data=bufferParser.readBool(),self._debug&&
self._debug(`Inbound: CHANNEL_REQUEST (r:${recipient}, ${type}: ${data})`);break;case"auth-agent-req@openssh.com":data=null,self._debug&&self._debug(`Inbound: C\
HANNEL_REQUEST (r:${recipient}, ${type})`);break;default:data=bufferParser.avail()?bufferParser.readRaw():null,self._debug&&self._debug(`Inbound: CHANNEL_REQUES\
T (r:${recipient}, ${type})`)}if(bufferParser.clear(),data===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_REQUEST packet");let handler=self._handlers.
CHANNEL_REQUEST;handler&&handler(self,recipient,type,wantReply,data)},[MESSAGE.CHANNEL_SUCCESS]:(self,payload)=>{bufferParser.init(payload,1);let recipient=bufferParser.
readUInt32BE();if(bufferParser.clear(),recipient===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_SUCCESS packet");self._debug&&self._debug(`Inboun\
d: CHANNEL_SUCCESS (r:${recipient})`);let handler=self._handlers.CHANNEL_SUCCESS;handler&&handler(self,recipient)},[MESSAGE.CHANNEL_FAILURE]:(self,payload)=>{bufferParser.
init(payload,1);let recipient=bufferParser.readUInt32BE();if(bufferParser.clear(),recipient===void 0)return doFatalError(self,"Inbound: Malformed CHANNEL_FAILUR\
E packet");self._debug&&self._debug(`Inbound: CHANNEL_FAILURE (r:${recipient})`);let handler=self._handlers.CHANNEL_FAILURE;handler&&handler(self,recipient)}}}});var require_handlers=__commonJS({"node_modules/ssh2/lib/protocol/handlers.js"(exports,module){"use strict";var MESSAGE_HANDLERS=new Array(256);[require_kex().HANDLERS,
require_handlers_misc()].forEach(handlers2=>{for(let[type,handler]of Object.entries(handlers2))type=+type,isFinite(type)&&type>=0&&type<MESSAGE_HANDLERS.length&&
(MESSAGE_HANDLERS[type]=handler)});module.exports=MESSAGE_HANDLERS}});var require_kex=__commonJS({"node_modules/ssh2/lib/protocol/kex.js"(exports,module){"use strict";var{createDiffieHellman,createDiffieHellmanGroup,createECDH,createHash:createHash2,
createPublicKey,diffieHellman,generateKeyPairSync,randomFillSync}=__require("crypto"),{Ber}=require_lib(),{COMPAT,curve25519Supported,DEFAULT_KEX,DEFAULT_SERVER_HOST_KEY,
DEFAULT_CIPHER,DEFAULT_MAC,DEFAULT_COMPRESSION,DISCONNECT_REASON,MESSAGE}=require_constants(),{CIPHER_INFO,createCipher,createDecipher,MAC_INFO}=require_crypto(),
{parseDERKey}=require_keyParser(),{bufferFill,bufferParser,convertSignature,doFatalError,FastBuffer,sigSSHToASN1,writeUInt32BE}=require_utils(),{PacketReader,PacketWriter,
ZlibPacketReader,ZlibPacketWriter}=require_zlib(),MESSAGE_HANDLERS,GEX_MIN_BITS=2048,GEX_MAX_BITS=8192,EMPTY_BUFFER=Buffer.alloc(0);function kexinit(self){let payload;
if(self._compatFlags&COMPAT.BAD_DHGEX){let entry=self._offer.lists.kex,kex=entry.array,found=!1;for(let i=0;i<kex.length;++i)kex[i].includes("group-exchange")&&
(found||(found=!0,kex=kex.slice()),kex.splice(i--,1));if(found){let len=17+self._offer.totalSize+1+4,newKexBuf=Buffer.from(kex.join(","));len-=entry.buffer.length-
newKexBuf.length;let all13=self._offer.lists.all,rest=new Uint8Array(all13.buffer,all13.byteOffset+4+entry.buffer.length,all13.length-(4+entry.buffer.length));payload=
Buffer.allocUnsafe(len),writeUInt32BE(payload,newKexBuf.length,17),payload.set(newKexBuf,21),payload.set(rest,21+newKexBuf.length)}}payload===void 0&&(payload=Buffer.
allocUnsafe(17+self._offer.totalSize+1+4),self._offer.copyAllTo(payload,17)),self._debug&&self._debug("Outbound: Sending KEXINIT"),payload[0]=MESSAGE.KEXINIT,randomFillSync(
payload,1,16),bufferFill(payload,0,payload.length-5),self._kexinit=payload,self._packetRW.write.allocStart=0;{let p=self._packetRW.write.allocStartKEX,packet2=self.
_packetRW.write.alloc(payload.length,!0);packet2.set(payload,p),self._cipher.encrypt(self._packetRW.write.finalize(packet2,!0))}}function handleKexInit(self,payload){
let init={kex:void 0,serverHostKey:void 0,cs:{cipher:void 0,mac:void 0,compress:void 0,lang:void 0},sc:{cipher:void 0,mac:void 0,compress:void 0,lang:void 0}};if(bufferParser.
init(payload,17),(init.kex=bufferParser.readList())===void 0||(init.serverHostKey=bufferParser.readList())===void 0||(init.cs.cipher=bufferParser.readList())===
void 0||(init.sc.cipher=bufferParser.readList())===void 0||(init.cs.mac=bufferParser.readList())===void 0||(init.sc.mac=bufferParser.readList())===void 0||(init.
cs.compress=bufferParser.readList())===void 0||(init.sc.compress=bufferParser.readList())===void 0||(init.cs.lang=bufferParser.readList())===void 0||(init.sc.lang=
bufferParser.readList())===void 0)return bufferParser.clear(),doFatalError(self,"Received malformed KEXINIT","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);
let pos=bufferParser.pos(),firstFollows=pos<payload.length&&payload[pos]===1;bufferParser.clear();let local=self._offer,remote=init,localKex=local.lists.kex.array;
if(self._compatFlags&COMPAT.BAD_DHGEX){let found=!1;for(let i2=0;i2<localKex.length;++i2)localKex[i2].indexOf("group-exchange")!==-1&&(found||(found=!0,localKex=
localKex.slice()),localKex.splice(i2--,1))}let clientList,serverList,i,debug=self._debug;debug&&debug("Inbound: Handshake in progress"),debug&&debug(`Handshake:\
 (local) KEX method: ${localKex}`),debug&&debug(`Handshake: (remote) KEX method: ${remote.kex}`);let remoteExtInfoEnabled;if(self._server?(serverList=localKex,clientList=
remote.kex,remoteExtInfoEnabled=clientList.indexOf("ext-info-c")!==-1):(serverList=remote.kex,clientList=localKex,remoteExtInfoEnabled=serverList.indexOf("ext-i\
nfo-s")!==-1),self._strictMode===void 0&&(self._server?self._strictMode=clientList.indexOf("kex-strict-c-v00@openssh.com")!==-1:self._strictMode=serverList.indexOf(
"kex-strict-s-v00@openssh.com")!==-1,self._strictMode&&(debug&&debug("Handshake: strict KEX mode enabled"),self._decipher.inSeqno!==1)))return debug&&debug("Han\
dshake: KEXINIT not first packet in strict KEX mode"),doFatalError(self,"Handshake failed: KEXINIT not first packet in strict KEX mode","handshake",DISCONNECT_REASON.
KEY_EXCHANGE_FAILED);for(i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: no matchi\
ng key exchange algorithm"),doFatalError(self,"Handshake failed: no matching key exchange algorithm","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.kex=
clientList[i],debug&&debug(`Handshake: KEX algorithm: ${clientList[i]}`),firstFollows&&(!remote.kex.length||clientList[i]!==remote.kex[0])&&(self._skipNextInboundPacket=
!0);let localSrvHostKey=local.lists.serverHostKey.array;for(debug&&debug(`Handshake: (local) Host key format: ${localSrvHostKey}`),debug&&debug(`Handshake: (rem\
ote) Host key format: ${remote.serverHostKey}`),self._server?(serverList=localSrvHostKey,clientList=remote.serverHostKey):(serverList=remote.serverHostKey,clientList=
localSrvHostKey),i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No matching host \
key format"),doFatalError(self,"Handshake failed: no matching host key format","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.serverHostKey=clientList[i],
debug&&debug(`Handshake: Host key format: ${clientList[i]}`);let localCSCipher=local.lists.cs.cipher.array;for(debug&&debug(`Handshake: (local) C->S cipher: ${localCSCipher}`),
debug&&debug(`Handshake: (remote) C->S cipher: ${remote.cs.cipher}`),self._server?(serverList=localCSCipher,clientList=remote.cs.cipher):(serverList=remote.cs.cipher,
clientList=localCSCipher),i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No match\
ing C->S cipher"),doFatalError(self,"Handshake failed: no matching C->S cipher","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.cs.cipher=clientList[i],
debug&&debug(`Handshake: C->S Cipher: ${clientList[i]}`);let localSCCipher=local.lists.sc.cipher.array;for(debug&&debug(`Handshake: (local) S->C cipher: ${localSCCipher}`),
debug&&debug(`Handshake: (remote) S->C cipher: ${remote.sc.cipher}`),self._server?(serverList=localSCCipher,clientList=remote.sc.cipher):(serverList=remote.sc.cipher,
clientList=localSCCipher),i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No match\
ing S->C cipher"),doFatalError(self,"Handshake failed: no matching S->C cipher","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.sc.cipher=clientList[i],
debug&&debug(`Handshake: S->C cipher: ${clientList[i]}`);let localCSMAC=local.lists.cs.mac.array;if(debug&&debug(`Handshake: (local) C->S MAC: ${localCSMAC}`),debug&&
debug(`Handshake: (remote) C->S MAC: ${remote.cs.mac}`),CIPHER_INFO[init.cs.cipher].authLen>0)init.cs.mac="",debug&&debug("Handshake: C->S MAC: <implicit>");else{
for(self._server?(serverList=localCSMAC,clientList=remote.cs.mac):(serverList=remote.cs.mac,clientList=localCSMAC),i=0;i<clientList.length&&serverList.indexOf(clientList[i])===
-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No matching C->S MAC"),doFatalError(self,"Handshake failed: no matching C->S MAC","handshake",DISCONNECT_REASON.
KEY_EXCHANGE_FAILED);init.cs.mac=clientList[i],debug&&debug(`Handshake: C->S MAC: ${clientList[i]}`)}let localSCMAC=local.lists.sc.mac.array;if(debug&&debug(`Ha\
ndshake: (local) S->C MAC: ${localSCMAC}`),debug&&debug(`Handshake: (remote) S->C MAC: ${remote.sc.mac}`),CIPHER_INFO[init.sc.cipher].authLen>0)init.sc.mac="",debug&&
debug("Handshake: S->C MAC: <implicit>");else{for(self._server?(serverList=localSCMAC,clientList=remote.sc.mac):(serverList=remote.sc.mac,clientList=localSCMAC),
i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No matching S->C MAC"),doFatalError(
self,"Handshake failed: no matching S->C MAC","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.sc.mac=clientList[i],debug&&debug(`Handshake: S->C MAC: ${clientList[i]}`)}
let localCSCompress=local.lists.cs.compress.array;for(debug&&debug(`Handshake: (local) C->S compression: ${localCSCompress}`),debug&&debug(`Handshake: (remote) \
C->S compression: ${remote.cs.compress}`),self._server?(serverList=localCSCompress,clientList=remote.cs.compress):(serverList=remote.cs.compress,clientList=localCSCompress),
i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug("Handshake: No matching C->S compression"),doFatalError(
self,"Handshake failed: no matching C->S compression","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);init.cs.compress=clientList[i],debug&&debug(`Handshake:\
 C->S compression: ${clientList[i]}`);let localSCCompress=local.lists.sc.compress.array;for(debug&&debug(`Handshake: (local) S->C compression: ${localSCCompress}`),
debug&&debug(`Handshake: (remote) S->C compression: ${remote.sc.compress}`),self._server?(serverList=localSCCompress,clientList=remote.sc.compress):(serverList=
remote.sc.compress,clientList=localSCCompress),i=0;i<clientList.length&&serverList.indexOf(clientList[i])===-1;++i);if(i===clientList.length)return debug&&debug(
"Handshake: No matching S->C compression"),doFatalError(self,"Handshake failed: no matching S->C compression","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);
init.sc.compress=clientList[i],debug&&debug(`Handshake: S->C compression: ${clientList[i]}`),init.cs.lang="",init.sc.lang="",self._kex&&(self._kexinit||kexinit(
self),self._decipher._onPayload=onKEXPayload.bind(self,{firstPacket:!1})),self._kex=createKeyExchange(init,self,payload),self._kex.remoteExtInfoEnabled=remoteExtInfoEnabled,
self._kex.start()}var createKeyExchange=(()=>{function convertToMpint(buf){let idx=0,length=buf.length;for(;buf[idx]===0;)++idx,--length;let newBuf;return buf[idx]&
128?(newBuf=Buffer.allocUnsafe(1+length),newBuf[0]=0,buf.copy(newBuf,1,idx),buf=newBuf):length!==buf.length&&(newBuf=Buffer.allocUnsafe(length),buf.copy(newBuf,
0,idx),buf=newBuf),buf}class KeyExchange{constructor(negotiated,protocol,remoteKexinit){this._protocol=protocol,this.sessionID=protocol._kex?protocol._kex.sessionID:
void 0,this.negotiated=negotiated,this.remoteExtInfoEnabled=!1,this._step=1,this._public=null,this._dh=null,this._sentNEWKEYS=!1,this._receivedNEWKEYS=!1,this._finished=
!1,this._hostVerified=!1,this._kexinit=protocol._kexinit,this._remoteKexinit=remoteKexinit,this._identRaw=protocol._identRaw,this._remoteIdentRaw=protocol._remoteIdentRaw,
this._hostKey=void 0,this._dhData=void 0,this._sig=void 0}finish(scOnly){if(this._finished)return!1;this._finished=!0;let isServer=this._protocol._server,negotiated=this.
negotiated,pubKey=this.convertPublicKey(this._dhData),secret=this.computeSecret(this._dhData);if(secret instanceof Error)return secret.message=`Error while comp\
uting DH secret (${this.type}): ${secret.message}`,secret.level="handshake",doFatalError(this._protocol,secret,DISCONNECT_REASON.KEY_EXCHANGE_FAILED);let hash=createHash2(
this.hashName);hashString(hash,isServer?this._remoteIdentRaw:this._identRaw),hashString(hash,isServer?this._identRaw:this._remoteIdentRaw),hashString(hash,isServer?
this._remoteKexinit:this._kexinit),hashString(hash,isServer?this._kexinit:this._remoteKexinit);let serverPublicHostKey=isServer?this._hostKey.getPublicSSH():this.
_hostKey;if(hashString(hash,serverPublicHostKey),this.type==="groupex"){let params=this.getDHParams(),num=Buffer.allocUnsafe(4);writeUInt32BE(num,this._minBits,
0),hash.update(num),writeUInt32BE(num,this._prefBits,0),hash.update(num),writeUInt32BE(num,this._maxBits,0),hash.update(num),hashString(hash,params.prime),hashString(
hash,params.generator)}hashString(hash,isServer?pubKey:this.getPublicKey());let serverPublicKey=isServer?this.getPublicKey():pubKey;hashString(hash,serverPublicKey),
hashString(hash,secret);let exchangeHash=hash.digest();if(isServer){let hashAlgo;switch(this.negotiated.serverHostKey){case"rsa-sha2-256":hashAlgo="sha256";break;case"\
rsa-sha2-512":hashAlgo="sha512";break}this._protocol._debug&&this._protocol._debug("Generating signature ...");let signature=this._hostKey.sign(exchangeHash,hashAlgo);
if(signature instanceof Error)return doFatalError(this._protocol,`Handshake failed: signature generation failed for ${this._hostKey.type} host key: ${signature.
message}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);if(signature=convertSignature(signature,this._hostKey.type),signature===!1)return doFatalError(this.
_protocol,`Handshake failed: signature conversion failed for ${this._hostKey.type} host key`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);let sigType=this.
negotiated.serverHostKey,sigTypeLen=Buffer.byteLength(sigType),sigLen=4+sigTypeLen+4+signature.length,p=this._protocol._packetRW.write.allocStartKEX,packet2=this.
_protocol._packetRW.write.alloc(5+serverPublicHostKey.length+4+serverPublicKey.length+4+sigLen,!0);if(packet2[p]=MESSAGE.KEXDH_REPLY,writeUInt32BE(packet2,serverPublicHostKey.
length,++p),packet2.set(serverPublicHostKey,p+=4),writeUInt32BE(packet2,serverPublicKey.length,p+=serverPublicHostKey.length),packet2.set(serverPublicKey,p+=4),
writeUInt32BE(packet2,sigLen,p+=serverPublicKey.length),writeUInt32BE(packet2,sigTypeLen,p+=4),packet2.utf8Write(sigType,p+=4,sigTypeLen),writeUInt32BE(packet2,
signature.length,p+=sigTypeLen),packet2.set(signature,p+=4),this._protocol._debug){let type;switch(this.type){case"group":type="KEXDH_REPLY";break;case"groupex":
type="KEXDH_GEX_REPLY";break;default:type="KEXECDH_REPLY"}this._protocol._debug(`Outbound: Sending ${type}`)}this._protocol._cipher.encrypt(this._protocol._packetRW.
write.finalize(packet2,!0))}else{bufferParser.init(this._sig,0);let sigType=bufferParser.readString(!0);if(!sigType)return doFatalError(this._protocol,"Malforme\
d packet while reading signature","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);if(sigType!==negotiated.serverHostKey)return doFatalError(this._protocol,`W\
rong signature type: ${sigType}, expected: ${negotiated.serverHostKey}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);let sigValue=bufferParser.readString();
if(bufferParser.clear(),sigValue===void 0)return doFatalError(this._protocol,"Malformed packet while reading signature","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);
if(!(sigValue=sigSSHToASN1(sigValue,sigType)))return doFatalError(this._protocol,"Malformed signature","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);let parsedHostKey;
{bufferParser.init(this._hostKey,0);let name=bufferParser.readString(!0),hostKey=this._hostKey.slice(bufferParser.pos());if(bufferParser.clear(),parsedHostKey=parseDERKey(
hostKey,name),parsedHostKey instanceof Error)return parsedHostKey.level="handshake",doFatalError(this._protocol,parsedHostKey,DISCONNECT_REASON.KEY_EXCHANGE_FAILED)}
let hashAlgo;switch(this.negotiated.serverHostKey){case"rsa-sha2-256":hashAlgo="sha256";break;case"rsa-sha2-512":hashAlgo="sha512";break}this._protocol._debug&&
this._protocol._debug("Verifying signature ...");let verified2=parsedHostKey.verify(exchangeHash,sigValue,hashAlgo);if(verified2!==!0)return verified2 instanceof
Error?this._protocol._debug&&this._protocol._debug(`Signature verification failed: ${verified2.stack}`):this._protocol._debug&&this._protocol._debug("Signature \
verification failed"),doFatalError(this._protocol,"Handshake failed: signature verification failed","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._protocol.
_debug&&this._protocol._debug("Verified signature")}(isServer||!scOnly)&&trySendNEWKEYS(this);let hsCipherConfig,hsWrite,completeHandshake=partial=>{if(hsCipherConfig)
return trySendNEWKEYS(this),hsCipherConfig.outbound.seqno=this._protocol._cipher.outSeqno,this._protocol._cipher.free(),this._protocol._cipher=createCipher(hsCipherConfig),
this._protocol._packetRW.write=hsWrite,hsCipherConfig=void 0,hsWrite=void 0,this._protocol._onHandshakeComplete(negotiated),!1;this.sessionID||(this.sessionID=exchangeHash);
{let newSecret=Buffer.allocUnsafe(4+secret.length);writeUInt32BE(newSecret,secret.length,0),newSecret.set(secret,4),secret=newSecret}let csCipherInfo=CIPHER_INFO[negotiated.
cs.cipher],scCipherInfo=CIPHER_INFO[negotiated.sc.cipher],csIV=generateKEXVal(csCipherInfo.ivLen,this.hashName,secret,exchangeHash,this.sessionID,"A"),scIV=generateKEXVal(
scCipherInfo.ivLen,this.hashName,secret,exchangeHash,this.sessionID,"B"),csKey=generateKEXVal(csCipherInfo.keyLen,this.hashName,secret,exchangeHash,this.sessionID,
"C"),scKey=generateKEXVal(scCipherInfo.keyLen,this.hashName,secret,exchangeHash,this.sessionID,"D"),csMacInfo,csMacKey;csCipherInfo.authLen||(csMacInfo=MAC_INFO[negotiated.
cs.mac],csMacKey=generateKEXVal(csMacInfo.len,this.hashName,secret,exchangeHash,this.sessionID,"E"));let scMacInfo,scMacKey;scCipherInfo.authLen||(scMacInfo=MAC_INFO[negotiated.
sc.mac],scMacKey=generateKEXVal(scMacInfo.len,this.hashName,secret,exchangeHash,this.sessionID,"F"));let config={inbound:{onPayload:this._protocol._onPayload,seqno:this.
_protocol._decipher.inSeqno,decipherInfo:isServer?csCipherInfo:scCipherInfo,decipherIV:isServer?csIV:scIV,decipherKey:isServer?csKey:scKey,macInfo:isServer?csMacInfo:
scMacInfo,macKey:isServer?csMacKey:scMacKey},outbound:{onWrite:this._protocol._onWrite,seqno:this._protocol._cipher.outSeqno,cipherInfo:isServer?scCipherInfo:csCipherInfo,
cipherIV:isServer?scIV:csIV,cipherKey:isServer?scKey:csKey,macInfo:isServer?scMacInfo:csMacInfo,macKey:isServer?scMacKey:csMacKey}};this._protocol._decipher.free(),
hsCipherConfig=config,this._protocol._decipher=createDecipher(config);let rw={read:void 0,write:void 0};switch(negotiated.cs.compress){case"zlib":isServer?rw.read=
new ZlibPacketReader:rw.write=new ZlibPacketWriter(this._protocol);break;case"zlib@openssh.com":if(this._protocol._authenticated){isServer?rw.read=new ZlibPacketReader:
rw.write=new ZlibPacketWriter(this._protocol);break}default:isServer?rw.read=new PacketReader:rw.write=new PacketWriter(this._protocol)}switch(negotiated.sc.compress){case"\
zlib":isServer?rw.write=new ZlibPacketWriter(this._protocol):rw.read=new ZlibPacketReader;break;case"zlib@openssh.com":if(this._protocol._authenticated){isServer?
rw.write=new ZlibPacketWriter(this._protocol):rw.read=new ZlibPacketReader;break}default:isServer?rw.write=new PacketWriter(this._protocol):rw.read=new PacketReader}
return this._protocol._packetRW.read.cleanup(),this._protocol._packetRW.write.cleanup(),this._protocol._packetRW.read=rw.read,hsWrite=rw.write,this._public=null,
this._dh=null,this._kexinit=this._protocol._kexinit=void 0,this._remoteKexinit=void 0,this._identRaw=void 0,this._remoteIdentRaw=void 0,this._hostKey=void 0,this.
_dhData=void 0,this._sig=void 0,partial?!1:completeHandshake()};if((isServer||scOnly)&&(this.finish=completeHandshake),!isServer)return completeHandshake(scOnly)}start(){
if(!this._protocol._server){if(this._protocol._debug){let type;this.type==="group"?type="KEXDH_INIT":type="KEXECDH_INIT",this._protocol._debug(`Outbound: Sendin\
g ${type}`)}let pubKey=this.getPublicKey(),p=this._protocol._packetRW.write.allocStartKEX,packet2=this._protocol._packetRW.write.alloc(5+pubKey.length,!0);packet2[p]=
MESSAGE.KEXDH_INIT,writeUInt32BE(packet2,pubKey.length,++p),packet2.set(pubKey,p+=4),this._protocol._cipher.encrypt(this._protocol._packetRW.write.finalize(packet2,
!0))}}getPublicKey(){this.generateKeys();let key=this._public;if(key)return this.convertPublicKey(key)}convertPublicKey(key){let newKey,idx=0,len=key.length;for(;key[idx]===
0;)++idx,--len;return key[idx]&128?(newKey=Buffer.allocUnsafe(1+len),newKey[0]=0,key.copy(newKey,1,idx),newKey):(len!==key.length&&(newKey=Buffer.allocUnsafe(len),
key.copy(newKey,0,idx),key=newKey),key)}computeSecret(otherPublicKey){this.generateKeys();try{return convertToMpint(this._dh.computeSecret(otherPublicKey))}catch(ex){
return ex}}parse(payload){let type=payload[0];switch(this._step){case 1:if(this._protocol._server){if(type!==MESSAGE.KEXDH_INIT)return doFatalError(this._protocol,
`Received packet ${type} instead of ${MESSAGE.KEXDH_INIT}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._protocol._debug&&this._protocol._debug("Rece\
ived DH Init"),bufferParser.init(payload,1);let dhData=bufferParser.readString();if(bufferParser.clear(),dhData===void 0)return doFatalError(this._protocol,"Rec\
eived malformed KEX*_INIT","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._dhData=dhData;let hostKey=this._protocol._hostKeys[this.negotiated.serverHostKey];
Array.isArray(hostKey)&&(hostKey=hostKey[0]),this._hostKey=hostKey,this.finish()}else{if(type!==MESSAGE.KEXDH_REPLY)return doFatalError(this._protocol,`Received\
 packet ${type} instead of ${MESSAGE.KEXDH_REPLY}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._protocol._debug&&this._protocol._debug("Received DH \
Reply"),bufferParser.init(payload,1);let hostPubKey,dhData,sig;if((hostPubKey=bufferParser.readString())===void 0||(dhData=bufferParser.readString())===void 0||
(sig=bufferParser.readString())===void 0)return bufferParser.clear(),doFatalError(this._protocol,"Received malformed KEX*_REPLY","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);
bufferParser.clear(),bufferParser.init(hostPubKey,0);let hostPubKeyType=bufferParser.readString(!0);if(bufferParser.clear(),hostPubKeyType===void 0)return doFatalError(
this._protocol,"Received malformed host public key","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);if(hostPubKeyType!==this.negotiated.serverHostKey)switch(this.
negotiated.serverHostKey){case"rsa-sha2-256":case"rsa-sha2-512":if(hostPubKeyType==="ssh-rsa")break;default:return doFatalError(this._protocol,"Host key does no\
t match negotiated type","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED)}this._hostKey=hostPubKey,this._dhData=dhData,this._sig=sig;let checked=!1,ret;if(this.
_protocol._hostVerifier===void 0?(ret=!0,this._protocol._debug&&this._protocol._debug("Host accepted by default (no verification)")):ret=this._protocol._hostVerifier(
hostPubKey,permitted=>{if(!checked){if(checked=!0,permitted===!1)return this._protocol._debug&&this._protocol._debug("Host denied (verification failed)"),doFatalError(
this._protocol,"Host denied (verification failed)","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._protocol._debug&&this._protocol._debug("Host accepte\
d (verified)"),this._hostVerified=!0,this._receivedNEWKEYS?this.finish():trySendNEWKEYS(this)}}),ret===void 0){++this._step;return}if(checked=!0,ret===!1)return this.
_protocol._debug&&this._protocol._debug("Host denied (verification failed)"),doFatalError(this._protocol,"Host denied (verification failed)","handshake",DISCONNECT_REASON.
KEY_EXCHANGE_FAILED);this._protocol._debug&&this._protocol._debug("Host accepted (verified)"),this._hostVerified=!0,trySendNEWKEYS(this)}++this._step;break;case 2:
return type!==MESSAGE.NEWKEYS?doFatalError(this._protocol,`Received packet ${type} instead of ${MESSAGE.NEWKEYS}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED):
(this._protocol._debug&&this._protocol._debug("Inbound: NEWKEYS"),this._receivedNEWKEYS=!0,this._protocol._strictMode&&(this._protocol._decipher.inSeqno=0),++this.
_step,this.finish(!this._protocol._server&&!this._hostVerified));default:return doFatalError(this._protocol,`Received unexpected packet ${type} after NEWKEYS`,"\
handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED)}}}class Curve25519Exchange extends KeyExchange{constructor(hashName,...args){super(...args),this.type="25519",
this.hashName=hashName,this._keys=null}generateKeys(){this._keys||(this._keys=generateKeyPairSync("x25519"))}getPublicKey(){return this.generateKeys(),this._keys.
publicKey.export({type:"spki",format:"der"}).slice(-32)}convertPublicKey(key){let newKey,idx=0,len=key.length;for(;key[idx]===0;)++idx,--len;return key.length===
32||len!==key.length&&(newKey=Buffer.allocUnsafe(len),key.copy(newKey,0,idx),key=newKey),key}computeSecret(otherPublicKey){this.generateKeys();try{let asnWriter=new Ber.
Writer;return asnWriter.startSequence(),asnWriter.startSequence(),asnWriter.writeOID("1.3.101.110"),asnWriter.endSequence(),asnWriter.startSequence(Ber.BitString),
asnWriter.writeByte(0),asnWriter._ensure(otherPublicKey.length),otherPublicKey.copy(asnWriter._buf,asnWriter._offset,0,otherPublicKey.length),asnWriter._offset+=
otherPublicKey.length,asnWriter.endSequence(),asnWriter.endSequence(),convertToMpint(diffieHellman({privateKey:this._keys.privateKey,publicKey:createPublicKey({
key:asnWriter.buffer,type:"spki",format:"der"})}))}catch(ex){return ex}}}class ECDHExchange extends KeyExchange{constructor(curveName,hashName,...args){super(...args),
this.type="ecdh",this.curveName=curveName,this.hashName=hashName}generateKeys(){this._dh||(this._dh=createECDH(this.curveName),this._public=this._dh.generateKeys())}}
class DHGroupExchange extends KeyExchange{constructor(hashName,...args){super(...args),this.type="groupex",this.hashName=hashName,this._prime=null,this._generator=
null,this._minBits=GEX_MIN_BITS,this._prefBits=dhEstimate(this.negotiated),this._protocol._compatFlags&COMPAT.BUG_DHGEX_LARGE&&(this._prefBits=Math.min(this._prefBits,
4096)),this._maxBits=GEX_MAX_BITS}start(){if(this._protocol._server)return;this._protocol._debug&&this._protocol._debug("Outbound: Sending KEXDH_GEX_REQUEST");let p=this.
_protocol._packetRW.write.allocStartKEX,packet2=this._protocol._packetRW.write.alloc(13,!0);packet2[p]=MESSAGE.KEXDH_GEX_REQUEST,writeUInt32BE(packet2,this._minBits,
++p),writeUInt32BE(packet2,this._prefBits,p+=4),writeUInt32BE(packet2,this._maxBits,p+=4),this._protocol._cipher.encrypt(this._protocol._packetRW.write.finalize(
packet2,!0))}generateKeys(){!this._dh&&this._prime&&this._generator&&(this._dh=createDiffieHellman(this._prime,this._generator),this._public=this._dh.generateKeys())}setDHParams(prime,generator){
if(!Buffer.isBuffer(prime))throw new Error("Invalid prime value");if(!Buffer.isBuffer(generator))throw new Error("Invalid generator value");this._prime=prime,this.
_generator=generator}getDHParams(){if(this._dh)return{prime:convertToMpint(this._dh.getPrime()),generator:convertToMpint(this._dh.getGenerator())}}parse(payload){
let type=payload[0];switch(this._step){case 1:{if(this._protocol._server)return type!==MESSAGE.KEXDH_GEX_REQUEST?doFatalError(this._protocol,`Received packet ${type}\
 instead of `+MESSAGE.KEXDH_GEX_REQUEST,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED):doFatalError(this._protocol,"Group exchange not implemented for serve\
r","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);if(type!==MESSAGE.KEXDH_GEX_GROUP)return doFatalError(this._protocol,`Received packet ${type} instead of ${MESSAGE.
KEXDH_GEX_GROUP}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);this._protocol._debug&&this._protocol._debug("Received DH GEX Group"),bufferParser.init(payload,
1);let prime,gen;if((prime=bufferParser.readString())===void 0||(gen=bufferParser.readString())===void 0)return bufferParser.clear(),doFatalError(this._protocol,
"Received malformed KEXDH_GEX_GROUP","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);bufferParser.clear(),this.setDHParams(prime,gen),this.generateKeys();let pubkey=this.
getPublicKey();this._protocol._debug&&this._protocol._debug("Outbound: Sending KEXDH_GEX_INIT");let p=this._protocol._packetRW.write.allocStartKEX,packet2=this.
_protocol._packetRW.write.alloc(5+pubkey.length,!0);packet2[p]=MESSAGE.KEXDH_GEX_INIT,writeUInt32BE(packet2,pubkey.length,++p),packet2.set(pubkey,p+=4),this._protocol.
_cipher.encrypt(this._protocol._packetRW.write.finalize(packet2,!0)),++this._step;break}case 2:if(this._protocol._server)return type!==MESSAGE.KEXDH_GEX_INIT?doFatalError(
this._protocol,`Received packet ${type} instead of ${MESSAGE.KEXDH_GEX_INIT}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED):(this._protocol._debug&&this._protocol.
_debug("Received DH GEX Init"),doFatalError(this._protocol,"Group exchange not implemented for server","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED));if(type!==
MESSAGE.KEXDH_GEX_REPLY)return doFatalError(this._protocol,`Received packet ${type} instead of ${MESSAGE.KEXDH_GEX_REPLY}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);
this._protocol._debug&&this._protocol._debug("Received DH GEX Reply"),this._step=1,payload[0]=MESSAGE.KEXDH_REPLY,this.parse=KeyExchange.prototype.parse,this.parse(
payload)}}}class DHExchange extends KeyExchange{constructor(groupName,hashName,...args){super(...args),this.type="group",this.groupName=groupName,this.hashName=
hashName}start(){if(!this._protocol._server){this._protocol._debug&&this._protocol._debug("Outbound: Sending KEXDH_INIT");let pubKey=this.getPublicKey(),p=this.
_protocol._packetRW.write.allocStartKEX,packet2=this._protocol._packetRW.write.alloc(5+pubKey.length,!0);packet2[p]=MESSAGE.KEXDH_INIT,writeUInt32BE(packet2,pubKey.
length,++p),packet2.set(pubKey,p+=4),this._protocol._cipher.encrypt(this._protocol._packetRW.write.finalize(packet2,!0))}}generateKeys(){this._dh||(this._dh=createDiffieHellmanGroup(
this.groupName),this._public=this._dh.generateKeys())}getDHParams(){if(this._dh)return{prime:convertToMpint(this._dh.getPrime()),generator:convertToMpint(this._dh.
getGenerator())}}}return(negotiated,...args)=>{if(typeof negotiated!="object"||negotiated===null)throw new Error("Invalid negotiated argument");let kexType=negotiated.
kex;if(typeof kexType=="string"){switch(args=[negotiated,...args],kexType){case"curve25519-sha256":case"curve25519-sha256@libssh.org":if(!curve25519Supported)break;
return new Curve25519Exchange("sha256",...args);case"ecdh-sha2-nistp256":return new ECDHExchange("prime256v1","sha256",...args);case"ecdh-sha2-nistp384":return new ECDHExchange(
"secp384r1","sha384",...args);case"ecdh-sha2-nistp521":return new ECDHExchange("secp521r1","sha512",...args);case"diffie-hellman-group1-sha1":return new DHExchange(
"modp2","sha1",...args);case"diffie-hellman-group14-sha1":return new DHExchange("modp14","sha1",...args);case"diffie-hellman-group14-sha256":return new DHExchange(
"modp14","sha256",...args);case"diffie-hellman-group15-sha512":return new DHExchange("modp15","sha512",...args);case"diffie-hellman-group16-sha512":return new DHExchange(
"modp16","sha512",...args);case"diffie-hellman-group17-sha512":return new DHExchange("modp17","sha512",...args);case"diffie-hellman-group18-sha512":return new DHExchange(
"modp18","sha512",...args);case"diffie-hellman-group-exchange-sha1":return new DHGroupExchange("sha1",...args);case"diffie-hellman-group-exchange-sha256":return new DHGroupExchange(
"sha256",...args)}throw new Error(`Unsupported key exchange algorithm: ${kexType}`)}throw new Error(`Invalid key exchange type: ${kexType}`)}})(),KexInit=(()=>{
let KEX_PROPERTY_NAMES=["kex","serverHostKey",["cs","cipher"],["sc","cipher"],["cs","mac"],["sc","mac"],["cs","compress"],["sc","compress"],["cs","lang"],["sc",
"lang"]];return class{constructor(obj){if(typeof obj!="object"||obj===null)throw new TypeError("Argument must be an object");let lists={kex:void 0,serverHostKey:void 0,
cs:{cipher:void 0,mac:void 0,compress:void 0,lang:void 0},sc:{cipher:void 0,mac:void 0,compress:void 0,lang:void 0},all:void 0},totalSize=0;for(let prop of KEX_PROPERTY_NAMES){
let base,val,desc,key;if(typeof prop=="string")base=lists,val=obj[prop],desc=key=prop;else{let parent=prop[0];base=lists[parent],key=prop[1],val=obj[parent][key],
desc=`${parent}.${key}`}let entry={array:void 0,buffer:void 0};if(Buffer.isBuffer(val))entry.array=(""+val).split(","),entry.buffer=val,totalSize+=4+val.length;else{
if(typeof val=="string"&&(val=val.split(",")),Array.isArray(val))entry.array=val,entry.buffer=Buffer.from(val.join(","));else throw new TypeError(`Invalid \`${desc}\
\` type: ${typeof val}`);totalSize+=4+entry.buffer.length}base[key]=entry}let all13=Buffer.allocUnsafe(totalSize);lists.all=all13;let allPos=0;for(let prop of KEX_PROPERTY_NAMES){
let data;typeof prop=="string"?data=lists[prop].buffer:data=lists[prop[0]][prop[1]].buffer,allPos=writeUInt32BE(all13,data.length,allPos),all13.set(data,allPos),
allPos+=data.length}this.totalSize=totalSize,this.lists=lists}copyAllTo(buf,offset){let src=this.lists.all;if(typeof offset!="number")throw new TypeError(`Inval\
id offset value: ${typeof offset}`);if(buf.length-offset<src.length)throw new Error("Insufficient space to copy list");return buf.set(src,offset),src.length}}})(),
hashString=(()=>{let LEN=Buffer.allocUnsafe(4);return(hash,buf)=>{writeUInt32BE(LEN,buf.length,0),hash.update(LEN),hash.update(buf)}})();function generateKEXVal(len,hashName,secret,exchangeHash,sessionID,char){
let ret;if(len){let digest=createHash2(hashName).update(secret).update(exchangeHash).update(char).update(sessionID).digest();for(;digest.length<len;){let chunk=createHash2(
hashName).update(secret).update(exchangeHash).update(digest).digest(),extended2=Buffer.allocUnsafe(digest.length+chunk.length);extended2.set(digest,0),extended2.
set(chunk,digest.length),digest=extended2}digest.length===len?ret=digest:ret=new FastBuffer(digest.buffer,digest.byteOffset,len)}else ret=EMPTY_BUFFER;return ret}
function onKEXPayload(state,payload){if(payload.length===0){this._debug&&this._debug("Inbound: Skipping empty packet payload");return}if(this._skipNextInboundPacket){
this._skipNextInboundPacket=!1;return}payload=this._packetRW.read.read(payload);let type=payload[0];if(!this._strictMode)switch(type){case MESSAGE.IGNORE:case MESSAGE.
UNIMPLEMENTED:case MESSAGE.DEBUG:return MESSAGE_HANDLERS||(MESSAGE_HANDLERS=require_handlers()),MESSAGE_HANDLERS[type](this,payload)}switch(type){case MESSAGE.DISCONNECT:
return MESSAGE_HANDLERS||(MESSAGE_HANDLERS=require_handlers()),MESSAGE_HANDLERS[type](this,payload);case MESSAGE.KEXINIT:return state.firstPacket?(state.firstPacket=
!1,handleKexInit(this,payload)):doFatalError(this,"Received extra KEXINIT during handshake","handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED);default:if(type<20||
type>49)return doFatalError(this,`Received unexpected packet type ${type}`,"handshake",DISCONNECT_REASON.KEY_EXCHANGE_FAILED)}return this._kex.parse(payload)}function dhEstimate(neg){
let csCipher=CIPHER_INFO[neg.cs.cipher],scCipher=CIPHER_INFO[neg.sc.cipher],bits=Math.max(0,csCipher.sslName==="des-ede3-cbc"?14:csCipher.keyLen,csCipher.blockLen,
csCipher.ivLen,scCipher.sslName==="des-ede3-cbc"?14:scCipher.keyLen,scCipher.blockLen,scCipher.ivLen)*8;return bits<=112?2048:bits<=128?3072:bits<=192?7680:8192}
function trySendNEWKEYS(kex){if(!kex._sentNEWKEYS){kex._protocol._debug&&kex._protocol._debug("Outbound: Sending NEWKEYS");let p=kex._protocol._packetRW.write.allocStartKEX,
packet2=kex._protocol._packetRW.write.alloc(1,!0);packet2[p]=MESSAGE.NEWKEYS,kex._protocol._cipher.encrypt(kex._protocol._packetRW.write.finalize(packet2,!0)),kex.
_sentNEWKEYS=!0,kex._protocol._strictMode&&(kex._protocol._cipher.outSeqno=0)}}module.exports={KexInit,kexinit,onKEXPayload,DEFAULT_KEXINIT_CLIENT:new KexInit({
kex:DEFAULT_KEX.concat(["ext-info-c","kex-strict-c-v00@openssh.com"]),serverHostKey:DEFAULT_SERVER_HOST_KEY,cs:{cipher:DEFAULT_CIPHER,mac:DEFAULT_MAC,compress:DEFAULT_COMPRESSION,
lang:[]},sc:{cipher:DEFAULT_CIPHER,mac:DEFAULT_MAC,compress:DEFAULT_COMPRESSION,lang:[]}}),DEFAULT_KEXINIT_SERVER:new KexInit({kex:DEFAULT_KEX.concat(["kex-stri\
ct-s-v00@openssh.com"]),serverHostKey:DEFAULT_SERVER_HOST_KEY,cs:{cipher:DEFAULT_CIPHER,mac:DEFAULT_MAC,compress:DEFAULT_COMPRESSION,lang:[]},sc:{cipher:DEFAULT_CIPHER,
mac:DEFAULT_MAC,compress:DEFAULT_COMPRESSION,lang:[]}}),HANDLERS:{[MESSAGE.KEXINIT]:handleKexInit}}}});var require_package=__commonJS({"node_modules/ssh2/package.json"(exports,module){module.exports={name:"ssh2",version:"1.17.0",author:"Brian White <mscdex@mscdex\
.net>",description:"SSH2 client and server modules written in pure JavaScript for node.js",main:"./lib/index.js",engines:{node:">=10.16.0"},dependencies:{asn1:"\
^0.2.6","bcrypt-pbkdf":"^1.0.2"},devDependencies:{"@mscdex/eslint-config":"^1.1.0",eslint:"^7.32.0"},optionalDependencies:{"cpu-features":"~0.0.10",nan:"^2.23.0"},
scripts:{install:"node install.js",rebuild:"node install.js",test:"node test/test.js",lint:"eslint --cache --report-unused-disable-directives --ext=.js .eslintr\
c.js examples lib test","lint:fix":"npm run lint -- --fix"},keywords:["ssh","ssh2","sftp","secure","shell","exec","remote","client"],licenses:[{type:"MIT",url:"\
http://github.com/mscdex/ssh2/raw/master/LICENSE"}],repository:{type:"git",url:"http://github.com/mscdex/ssh2.git"}}}});var require_Protocol=__commonJS({"node_modules/ssh2/lib/protocol/Protocol.js"(exports,module){"use strict";var{inspect}=__require("util"),{bindingAvailable,NullCipher,
NullDecipher}=require_crypto(),{COMPAT_CHECKS,DISCONNECT_REASON,eddsaSupported,MESSAGE,SIGNALS,TERMINAL_MODE}=require_constants(),{DEFAULT_KEXINIT_CLIENT,DEFAULT_KEXINIT_SERVER,
KexInit,kexinit,onKEXPayload}=require_kex(),{parseKey:parseKey2}=require_keyParser(),MESSAGE_HANDLERS=require_handlers(),{bufferCopy,bufferFill,bufferSlice,convertSignature,
sendPacket,writeUInt32BE}=require_utils(),{PacketReader,PacketWriter,ZlibPacketReader,ZlibPacketWriter}=require_zlib(),MODULE_VER=require_package().version,VALID_DISCONNECT_REASONS=new Map(
Object.values(DISCONNECT_REASON).map(n=>[n,1])),IDENT_RAW=Buffer.from(`SSH-2.0-ssh2js${MODULE_VER}`),IDENT=Buffer.from(`${IDENT_RAW}\r
`),MAX_LINE_LEN=8192,MAX_LINES=1024,PING_PAYLOAD=Buffer.from([MESSAGE.GLOBAL_REQUEST,0,0,0,21,107,101,101,112,97,108,105,118,101,64,111,112,101,110,115,115,104,
46,99,111,109,1]),NO_TERMINAL_MODES_BUFFER=Buffer.from([TERMINAL_MODE.TTY_OP_END]);function noop(){}var Protocol=class{constructor(config){let onWrite=config.onWrite;
if(typeof onWrite!="function")throw new Error("Missing onWrite function");this._onWrite=data=>{onWrite(data)};let onError=config.onError;if(typeof onError!="fun\
ction")throw new Error("Missing onError function");this._onError=err=>{onError(err)};let debug=config.debug;this._debug=typeof debug=="function"?msg=>{debug(msg)}:
void 0;let onHeader=config.onHeader;this._onHeader=typeof onHeader=="function"?(...args)=>{onHeader(...args)}:noop;let onPacket=config.onPacket;this._onPacket=typeof onPacket==
"function"?()=>{onPacket()}:noop;let onHandshakeComplete=config.onHandshakeComplete;typeof onHandshakeComplete!="function"&&(onHandshakeComplete=noop);let firstHandshake;
this._onHandshakeComplete=(...args)=>{this._debug&&this._debug("Handshake completed"),firstHandshake===void 0?firstHandshake=!0:firstHandshake=!1;let oldQueue=this.
_queue;if(oldQueue){this._queue=void 0,this._debug&&this._debug(`Draining outbound queue (${oldQueue.length}) ...`);for(let i=0;i<oldQueue.length;++i){let data=oldQueue[i],
finalized=this._packetRW.write.finalize(data);if(finalized===data){let packet2=this._cipher.allocPacket(data.length);packet2.set(data,5),finalized=packet2}sendPacket(
this,finalized)}this._debug&&this._debug("... finished draining outbound queue")}firstHandshake&&this._server&&this._kex.remoteExtInfoEnabled&&sendExtInfo(this),
onHandshakeComplete(...args)},this._queue=void 0;let messageHandlers=config.messageHandlers;typeof messageHandlers=="object"&&messageHandlers!==null?this._handlers=
messageHandlers:this._handlers={},this._onPayload=onPayload.bind(this),this._server=!!config.server,this._banner=void 0;let greeting;if(this._server){if(typeof config.
hostKeys!="object"||config.hostKeys===null)throw new Error("Missing server host key(s)");this._hostKeys=config.hostKeys,typeof config.greeting=="string"&&config.
greeting.length&&(greeting=config.greeting.slice(-2)===`\r
`?config.greeting:`${config.greeting}\r
`),typeof config.banner=="string"&&config.banner.length&&(this._banner=config.banner.slice(-2)===`\r
`?config.banner:`${config.banner}\r
`)}else this._hostKeys=void 0;let offer=config.offer;typeof offer!="object"||offer===null?offer=this._server?DEFAULT_KEXINIT_SERVER:DEFAULT_KEXINIT_CLIENT:offer.
constructor!==KexInit&&(this._server?offer.kex=offer.kex.concat(["kex-strict-s-v00@openssh.com"]):offer.kex=offer.kex.concat(["ext-info-c","kex-strict-c-v00@ope\
nssh.com"]),offer=new KexInit(offer)),this._kex=void 0,this._strictMode=void 0,this._kexinit=void 0,this._offer=offer,this._cipher=new NullCipher(0,this._onWrite),
this._decipher=void 0,this._skipNextInboundPacket=!1,this._packetRW={read:new PacketReader,write:new PacketWriter(this)},this._hostVerifier=!this._server&&typeof config.
hostVerifier=="function"?config.hostVerifier:void 0,this._parse=parseHeader,this._buffer=void 0,this._authsQueue=[],this._authenticated=!1,this._remoteIdentRaw=
void 0;let sentIdent;if(typeof config.ident=="string")this._identRaw=Buffer.from(`SSH-2.0-${config.ident}`),sentIdent=Buffer.allocUnsafe(this._identRaw.length+2),
sentIdent.set(this._identRaw,0),sentIdent[sentIdent.length-2]=13,sentIdent[sentIdent.length-1]=10;else if(Buffer.isBuffer(config.ident)){let fullIdent=Buffer.allocUnsafe(
8+config.ident.length);fullIdent.latin1Write("SSH-2.0-",0,8),fullIdent.set(config.ident,8),this._identRaw=fullIdent,sentIdent=Buffer.allocUnsafe(fullIdent.length+
2),sentIdent.set(fullIdent,0),sentIdent[sentIdent.length-2]=13,sentIdent[sentIdent.length-1]=10}else this._identRaw=IDENT_RAW,sentIdent=IDENT;this._compatFlags=
0,this._debug&&(bindingAvailable?this._debug("Custom crypto binding available"):this._debug("Custom crypto binding not available")),this._debug&&this._debug(`Lo\
cal ident: ${inspect(this._identRaw.toString())}`),this.start=()=>{this.start=void 0,greeting&&this._onWrite(greeting),this._onWrite(sentIdent)}}_destruct(reason2){
this._packetRW.read.cleanup(),this._packetRW.write.cleanup(),this._cipher&&this._cipher.free(),this._decipher&&this._decipher.free(),(typeof reason2!="string"||
reason2.length===0)&&(reason2="fatal error"),this.parse=()=>{throw new Error(`Instance unusable after ${reason2}`)},this._onWrite=()=>{throw new Error(`Instance\
 unusable after ${reason2}`)},this._destruct=void 0}cleanup(){this._destruct&&this._destruct()}parse(chunk,i,len){for(;i<len;)i=this._parse(chunk,i,len)}disconnect(reason2){
let p=this._packetRW.write.allocStartKEX,packet2=this._packetRW.write.alloc(13,!0),end=p+13;VALID_DISCONNECT_REASONS.has(reason2)||(reason2=DISCONNECT_REASON.PROTOCOL_ERROR),
packet2[p]=MESSAGE.DISCONNECT,writeUInt32BE(packet2,reason2,++p),packet2.fill(0,p+=4,end),this._debug&&this._debug(`Outbound: Sending DISCONNECT (${reason2})`),
sendPacket(this,this._packetRW.write.finalize(packet2,!0),!0)}ping(){let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(PING_PAYLOAD.length);
packet2.set(PING_PAYLOAD,p),this._debug&&this._debug("Outbound: Sending ping (GLOBAL_REQUEST: keepalive@openssh.com)"),sendPacket(this,this._packetRW.write.finalize(
packet2))}rekey(){this._kexinit===void 0?(this._debug&&this._debug("Outbound: Initiated explicit rekey"),this._queue=[],kexinit(this)):this._debug&&this._debug(
"Outbound: Ignoring rekey during handshake")}requestSuccess(data){let p=this._packetRW.write.allocStart,packet2;Buffer.isBuffer(data)?(packet2=this._packetRW.write.
alloc(1+data.length),packet2[p]=MESSAGE.REQUEST_SUCCESS,packet2.set(data,++p)):(packet2=this._packetRW.write.alloc(1),packet2[p]=MESSAGE.REQUEST_SUCCESS),this._debug&&
this._debug("Outbound: Sending REQUEST_SUCCESS"),sendPacket(this,this._packetRW.write.finalize(packet2))}requestFailure(){let p=this._packetRW.write.allocStart,
packet2=this._packetRW.write.alloc(1);packet2[p]=MESSAGE.REQUEST_FAILURE,this._debug&&this._debug("Outbound: Sending REQUEST_FAILURE"),sendPacket(this,this._packetRW.
write.finalize(packet2))}channelSuccess(chan){let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5);packet2[p]=MESSAGE.CHANNEL_SUCCESS,writeUInt32BE(
packet2,chan,++p),this._debug&&this._debug(`Outbound: Sending CHANNEL_SUCCESS (r:${chan})`),sendPacket(this,this._packetRW.write.finalize(packet2))}channelFailure(chan){
let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5);packet2[p]=MESSAGE.CHANNEL_FAILURE,writeUInt32BE(packet2,chan,++p),this._debug&&this.
_debug(`Outbound: Sending CHANNEL_FAILURE (r:${chan})`),sendPacket(this,this._packetRW.write.finalize(packet2))}channelEOF(chan){let p=this._packetRW.write.allocStart,
packet2=this._packetRW.write.alloc(5);packet2[p]=MESSAGE.CHANNEL_EOF,writeUInt32BE(packet2,chan,++p),this._debug&&this._debug(`Outbound: Sending CHANNEL_EOF (r:${chan}\
)`),sendPacket(this,this._packetRW.write.finalize(packet2))}channelClose(chan){let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5);packet2[p]=
MESSAGE.CHANNEL_CLOSE,writeUInt32BE(packet2,chan,++p),this._debug&&this._debug(`Outbound: Sending CHANNEL_CLOSE (r:${chan})`),sendPacket(this,this._packetRW.write.
finalize(packet2))}channelWindowAdjust(chan,amount){let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(9);packet2[p]=MESSAGE.CHANNEL_WINDOW_ADJUST,
writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,amount,p+=4),this._debug&&this._debug(`Outbound: Sending CHANNEL_WINDOW_ADJUST (r:${chan}, ${amount})`),sendPacket(
this,this._packetRW.write.finalize(packet2))}channelData(chan,data){let isBuffer=Buffer.isBuffer(data),dataLen=isBuffer?data.length:Buffer.byteLength(data),p=this.
_packetRW.write.allocStart,packet2=this._packetRW.write.alloc(9+dataLen);packet2[p]=MESSAGE.CHANNEL_DATA,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,dataLen,
p+=4),isBuffer?packet2.set(data,p+=4):packet2.utf8Write(data,p+=4,dataLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_DATA (r:${chan}, ${dataLen})`),sendPacket(
this,this._packetRW.write.finalize(packet2))}channelExtData(chan,data,type){let isBuffer=Buffer.isBuffer(data),dataLen=isBuffer?data.length:Buffer.byteLength(data),
p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(13+dataLen);packet2[p]=MESSAGE.CHANNEL_EXTENDED_DATA,writeUInt32BE(packet2,chan,++p),writeUInt32BE(
packet2,type,p+=4),writeUInt32BE(packet2,dataLen,p+=4),isBuffer?packet2.set(data,p+=4):packet2.utf8Write(data,p+=4,dataLen),this._debug&&this._debug(`Outbound: \
Sending CHANNEL_EXTENDED_DATA (r:${chan})`),sendPacket(this,this._packetRW.write.finalize(packet2))}channelOpenConfirm(remote,local,initWindow,maxPacket){let p=this.
_packetRW.write.allocStart,packet2=this._packetRW.write.alloc(17);packet2[p]=MESSAGE.CHANNEL_OPEN_CONFIRMATION,writeUInt32BE(packet2,remote,++p),writeUInt32BE(packet2,
local,p+=4),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,maxPacket,p+=4),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN_CONFIRMATION (\
r:${remote}, l:${local})`),sendPacket(this,this._packetRW.write.finalize(packet2))}channelOpenFail(remote,reason2,desc){typeof desc!="string"&&(desc="");let descLen=Buffer.
byteLength(desc),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(13+descLen+4);packet2[p]=MESSAGE.CHANNEL_OPEN_FAILURE,writeUInt32BE(packet2,
remote,++p),writeUInt32BE(packet2,reason2,p+=4),writeUInt32BE(packet2,descLen,p+=4),p+=4,descLen&&(packet2.utf8Write(desc,p,descLen),p+=descLen),writeUInt32BE(packet2,
0,p),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN_FAILURE (r:${remote})`),sendPacket(this,this._packetRW.write.finalize(packet2))}service(name){if(this.
_server)throw new Error("Client-only method called in server mode");let nameLen=Buffer.byteLength(name),p=this._packetRW.write.allocStart,packet2=this._packetRW.
write.alloc(5+nameLen);packet2[p]=MESSAGE.SERVICE_REQUEST,writeUInt32BE(packet2,nameLen,++p),packet2.utf8Write(name,p+=4,nameLen),this._debug&&this._debug(`Outb\
ound: Sending SERVICE_REQUEST (${name})`),sendPacket(this,this._packetRW.write.finalize(packet2))}authPassword(username,password,newPassword){if(this._server)throw new Error(
"Client-only method called in server mode");let userLen=Buffer.byteLength(username),passLen=Buffer.byteLength(password),newPassLen=newPassword?Buffer.byteLength(
newPassword):0,p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+userLen+4+14+4+8+1+4+passLen+(newPassword?4+newPassLen:0));packet2[p]=MESSAGE.
USERAUTH_REQUEST,writeUInt32BE(packet2,userLen,++p),packet2.utf8Write(username,p+=4,userLen),writeUInt32BE(packet2,14,p+=userLen),packet2.utf8Write("ssh-connect\
ion",p+=4,14),writeUInt32BE(packet2,8,p+=14),packet2.utf8Write("password",p+=4,8),packet2[p+=8]=newPassword?1:0,writeUInt32BE(packet2,passLen,++p),Buffer.isBuffer(
password)?bufferCopy(password,packet2,0,passLen,p+=4):packet2.utf8Write(password,p+=4,passLen),newPassword?(writeUInt32BE(packet2,newPassLen,p+=passLen),Buffer.
isBuffer(newPassword)?bufferCopy(newPassword,packet2,0,newPassLen,p+=4):packet2.utf8Write(newPassword,p+=4,newPassLen),this._debug&&this._debug("Outbound: Sendi\
ng USERAUTH_REQUEST (changed password)")):this._debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (password)"),this._authsQueue.push("password"),sendPacket(
this,this._packetRW.write.finalize(packet2))}authPK(username,pubKey,keyAlgo,cbSign){if(this._server)throw new Error("Client-only method called in server mode");
if(pubKey=parseKey2(pubKey),pubKey instanceof Error)throw new Error("Invalid key");let keyType=pubKey.type;pubKey=pubKey.getPublicSSH(),typeof keyAlgo=="functio\
n"&&(cbSign=keyAlgo,keyAlgo=void 0),keyAlgo||(keyAlgo=keyType);let userLen=Buffer.byteLength(username),algoLen=Buffer.byteLength(keyAlgo),pubKeyLen=pubKey.length,
sessionID=this._kex.sessionID,sesLen=sessionID.length,payloadLen=(cbSign?4+sesLen:0)+1+4+userLen+4+14+4+9+1+4+algoLen+4+pubKeyLen,packet2,p;if(cbSign?(packet2=Buffer.
allocUnsafe(payloadLen),p=0,writeUInt32BE(packet2,sesLen,p),packet2.set(sessionID,p+=4),p+=sesLen):(packet2=this._packetRW.write.alloc(payloadLen),p=this._packetRW.
write.allocStart),packet2[p]=MESSAGE.USERAUTH_REQUEST,writeUInt32BE(packet2,userLen,++p),packet2.utf8Write(username,p+=4,userLen),writeUInt32BE(packet2,14,p+=userLen),
packet2.utf8Write("ssh-connection",p+=4,14),writeUInt32BE(packet2,9,p+=14),packet2.utf8Write("publickey",p+=4,9),packet2[p+=9]=cbSign?1:0,writeUInt32BE(packet2,
algoLen,++p),packet2.utf8Write(keyAlgo,p+=4,algoLen),writeUInt32BE(packet2,pubKeyLen,p+=algoLen),packet2.set(pubKey,p+=4),!cbSign){this._authsQueue.push("public\
key"),this._debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (publickey -- check)"),sendPacket(this,this._packetRW.write.finalize(packet2));return}cbSign(
packet2,signature=>{if(signature=convertSignature(signature,keyType),signature===!1)throw new Error("Error while converting handshake signature");let sigLen=signature.
length;p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+userLen+4+14+4+9+1+4+algoLen+4+pubKeyLen+4+4+algoLen+4+sigLen),packet2[p]=MESSAGE.
USERAUTH_REQUEST,writeUInt32BE(packet2,userLen,++p),packet2.utf8Write(username,p+=4,userLen),writeUInt32BE(packet2,14,p+=userLen),packet2.utf8Write("ssh-connect\
ion",p+=4,14),writeUInt32BE(packet2,9,p+=14),packet2.utf8Write("publickey",p+=4,9),packet2[p+=9]=1,writeUInt32BE(packet2,algoLen,++p),packet2.utf8Write(keyAlgo,
p+=4,algoLen),writeUInt32BE(packet2,pubKeyLen,p+=algoLen),packet2.set(pubKey,p+=4),writeUInt32BE(packet2,4+algoLen+4+sigLen,p+=pubKeyLen),writeUInt32BE(packet2,
algoLen,p+=4),packet2.utf8Write(keyAlgo,p+=4,algoLen),writeUInt32BE(packet2,sigLen,p+=algoLen),packet2.set(signature,p+=4),this._authsQueue.push("publickey"),this.
_debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (publickey)"),sendPacket(this,this._packetRW.write.finalize(packet2))})}authHostbased(username,pubKey,hostname,userlocal,keyAlgo,cbSign){
if(this._server)throw new Error("Client-only method called in server mode");if(pubKey=parseKey2(pubKey),pubKey instanceof Error)throw new Error("Invalid key");let keyType=pubKey.
type;pubKey=pubKey.getPublicSSH(),typeof keyAlgo=="function"&&(cbSign=keyAlgo,keyAlgo=void 0),keyAlgo||(keyAlgo=keyType);let userLen=Buffer.byteLength(username),
algoLen=Buffer.byteLength(keyAlgo),pubKeyLen=pubKey.length,sessionID=this._kex.sessionID,sesLen=sessionID.length,hostnameLen=Buffer.byteLength(hostname),userlocalLen=Buffer.
byteLength(userlocal),data=Buffer.allocUnsafe(4+sesLen+1+4+userLen+4+14+4+9+4+algoLen+4+pubKeyLen+4+hostnameLen+4+userlocalLen),p=0;writeUInt32BE(data,sesLen,p),
data.set(sessionID,p+=4),data[p+=sesLen]=MESSAGE.USERAUTH_REQUEST,writeUInt32BE(data,userLen,++p),data.utf8Write(username,p+=4,userLen),writeUInt32BE(data,14,p+=
userLen),data.utf8Write("ssh-connection",p+=4,14),writeUInt32BE(data,9,p+=14),data.utf8Write("hostbased",p+=4,9),writeUInt32BE(data,algoLen,p+=9),data.utf8Write(
keyAlgo,p+=4,algoLen),writeUInt32BE(data,pubKeyLen,p+=algoLen),data.set(pubKey,p+=4),writeUInt32BE(data,hostnameLen,p+=pubKeyLen),data.utf8Write(hostname,p+=4,hostnameLen),
writeUInt32BE(data,userlocalLen,p+=hostnameLen),data.utf8Write(userlocal,p+=4,userlocalLen),cbSign(data,signature=>{if(signature=convertSignature(signature,keyType),
!signature)throw new Error("Error while converting handshake signature");let sigLen=signature.length,reqDataLen=data.length-sesLen-4;p=this._packetRW.write.allocStart;
let packet2=this._packetRW.write.alloc(reqDataLen+4+4+algoLen+4+sigLen);bufferCopy(data,packet2,4+sesLen,data.length,p),writeUInt32BE(packet2,4+algoLen+4+sigLen,
p+=reqDataLen),writeUInt32BE(packet2,algoLen,p+=4),packet2.utf8Write(keyAlgo,p+=4,algoLen),writeUInt32BE(packet2,sigLen,p+=algoLen),packet2.set(signature,p+=4),
this._authsQueue.push("hostbased"),this._debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (hostbased)"),sendPacket(this,this._packetRW.write.finalize(packet2))})}authKeyboard(username){
if(this._server)throw new Error("Client-only method called in server mode");let userLen=Buffer.byteLength(username),p=this._packetRW.write.allocStart,packet2=this.
_packetRW.write.alloc(5+userLen+4+14+4+20+4+4);packet2[p]=MESSAGE.USERAUTH_REQUEST,writeUInt32BE(packet2,userLen,++p),packet2.utf8Write(username,p+=4,userLen),writeUInt32BE(
packet2,14,p+=userLen),packet2.utf8Write("ssh-connection",p+=4,14),writeUInt32BE(packet2,20,p+=14),packet2.utf8Write("keyboard-interactive",p+=4,20),writeUInt32BE(
packet2,0,p+=20),writeUInt32BE(packet2,0,p+=4),this._authsQueue.push("keyboard-interactive"),this._debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (keybo\
ard-interactive)"),sendPacket(this,this._packetRW.write.finalize(packet2))}authNone(username){if(this._server)throw new Error("Client-only method called in serv\
er mode");let userLen=Buffer.byteLength(username),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+userLen+4+14+4+4);packet2[p]=MESSAGE.USERAUTH_REQUEST,
writeUInt32BE(packet2,userLen,++p),packet2.utf8Write(username,p+=4,userLen),writeUInt32BE(packet2,14,p+=userLen),packet2.utf8Write("ssh-connection",p+=4,14),writeUInt32BE(
packet2,4,p+=14),packet2.utf8Write("none",p+=4,4),this._authsQueue.push("none"),this._debug&&this._debug("Outbound: Sending USERAUTH_REQUEST (none)"),sendPacket(
this,this._packetRW.write.finalize(packet2))}authInfoRes(responses){if(this._server)throw new Error("Client-only method called in server mode");let responsesTotalLen=0,
responseLens;if(responses){responseLens=new Array(responses.length);for(let i=0;i<responses.length;++i){let len=Buffer.byteLength(responses[i]);responseLens[i]=
len,responsesTotalLen+=4+len}}let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+responsesTotalLen);if(packet2[p]=MESSAGE.USERAUTH_INFO_RESPONSE,
responses){writeUInt32BE(packet2,responses.length,++p),p+=4;for(let i=0;i<responses.length;++i){let len=responseLens[i];writeUInt32BE(packet2,len,p),p+=4,len&&(packet2.
utf8Write(responses[i],p,len),p+=len)}}else writeUInt32BE(packet2,0,++p);this._debug&&this._debug("Outbound: Sending USERAUTH_INFO_RESPONSE"),sendPacket(this,this.
_packetRW.write.finalize(packet2))}tcpipForward(bindAddr,bindPort,wantReply){if(this._server)throw new Error("Client-only method called in server mode");let addrLen=Buffer.
byteLength(bindAddr),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(23+addrLen+4);packet2[p]=MESSAGE.GLOBAL_REQUEST,writeUInt32BE(packet2,
13,++p),packet2.utf8Write("tcpip-forward",p+=4,13),packet2[p+=13]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,addrLen,++p),packet2.utf8Write(bindAddr,
p+=4,addrLen),writeUInt32BE(packet2,bindPort,p+=addrLen),this._debug&&this._debug("Outbound: Sending GLOBAL_REQUEST (tcpip-forward)"),sendPacket(this,this._packetRW.
write.finalize(packet2))}cancelTcpipForward(bindAddr,bindPort,wantReply){if(this._server)throw new Error("Client-only method called in server mode");let addrLen=Buffer.
byteLength(bindAddr),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(30+addrLen+4);packet2[p]=MESSAGE.GLOBAL_REQUEST,writeUInt32BE(packet2,
20,++p),packet2.utf8Write("cancel-tcpip-forward",p+=4,20),packet2[p+=20]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,addrLen,++p),packet2.utf8Write(
bindAddr,p+=4,addrLen),writeUInt32BE(packet2,bindPort,p+=addrLen),this._debug&&this._debug("Outbound: Sending GLOBAL_REQUEST (cancel-tcpip-forward)"),sendPacket(
this,this._packetRW.write.finalize(packet2))}openssh_streamLocalForward(socketPath,wantReply){if(this._server)throw new Error("Client-only method called in serv\
er mode");let socketPathLen=Buffer.byteLength(socketPath),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(41+socketPathLen);packet2[p]=MESSAGE.
GLOBAL_REQUEST,writeUInt32BE(packet2,31,++p),packet2.utf8Write("streamlocal-forward@openssh.com",p+=4,31),packet2[p+=31]=wantReply===void 0||wantReply===!0?1:0,
writeUInt32BE(packet2,socketPathLen,++p),packet2.utf8Write(socketPath,p+=4,socketPathLen),this._debug&&this._debug("Outbound: Sending GLOBAL_REQUEST (streamloca\
l-forward@openssh.com)"),sendPacket(this,this._packetRW.write.finalize(packet2))}openssh_cancelStreamLocalForward(socketPath,wantReply){if(this._server)throw new Error(
"Client-only method called in server mode");let socketPathLen=Buffer.byteLength(socketPath),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(
48+socketPathLen);packet2[p]=MESSAGE.GLOBAL_REQUEST,writeUInt32BE(packet2,38,++p),packet2.utf8Write("cancel-streamlocal-forward@openssh.com",p+=4,38),packet2[p+=
38]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,socketPathLen,++p),packet2.utf8Write(socketPath,p+=4,socketPathLen),this._debug&&this._debug("O\
utbound: Sending GLOBAL_REQUEST (cancel-streamlocal-forward@openssh.com)"),sendPacket(this,this._packetRW.write.finalize(packet2))}directTcpip(chan,initWindow,maxPacket,cfg){
if(this._server)throw new Error("Client-only method called in server mode");let srcLen=Buffer.byteLength(cfg.srcIP),dstLen=Buffer.byteLength(cfg.dstIP),p=this._packetRW.
write.allocStart,packet2=this._packetRW.write.alloc(33+srcLen+4+4+dstLen+4);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,12,++p),packet2.utf8Write("dir\
ect-tcpip",p+=4,12),writeUInt32BE(packet2,chan,p+=12),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,maxPacket,p+=4),writeUInt32BE(packet2,dstLen,
p+=4),packet2.utf8Write(cfg.dstIP,p+=4,dstLen),writeUInt32BE(packet2,cfg.dstPort,p+=dstLen),writeUInt32BE(packet2,srcLen,p+=4),packet2.utf8Write(cfg.srcIP,p+=4,
srcLen),writeUInt32BE(packet2,cfg.srcPort,p+=srcLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}, direct-tcpip)`),sendPacket(this,this._packetRW.
write.finalize(packet2))}openssh_directStreamLocal(chan,initWindow,maxPacket,cfg){if(this._server)throw new Error("Client-only method called in server mode");let pathLen=Buffer.
byteLength(cfg.socketPath),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(51+pathLen+4+4);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,
30,++p),packet2.utf8Write("direct-streamlocal@openssh.com",p+=4,30),writeUInt32BE(packet2,chan,p+=30),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,
maxPacket,p+=4),writeUInt32BE(packet2,pathLen,p+=4),packet2.utf8Write(cfg.socketPath,p+=4,pathLen),bufferFill(packet2,0,p+=pathLen,p+8),this._debug&&this._debug(
`Outbound: Sending CHANNEL_OPEN (r:${chan}, direct-streamlocal@openssh.com)`),sendPacket(this,this._packetRW.write.finalize(packet2))}openssh_noMoreSessions(wantReply){
if(this._server)throw new Error("Client-only method called in server mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(34);packet2[p]=
MESSAGE.GLOBAL_REQUEST,writeUInt32BE(packet2,28,++p),packet2.utf8Write("no-more-sessions@openssh.com",p+=4,28),packet2[p+=28]=wantReply===void 0||wantReply===!0?
1:0,this._debug&&this._debug("Outbound: Sending GLOBAL_REQUEST (no-more-sessions@openssh.com)"),sendPacket(this,this._packetRW.write.finalize(packet2))}session(chan,initWindow,maxPacket){
if(this._server)throw new Error("Client-only method called in server mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(24);packet2[p]=
MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,7,++p),packet2.utf8Write("session",p+=4,7),writeUInt32BE(packet2,chan,p+=7),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(
packet2,maxPacket,p+=4),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}, session)`),sendPacket(this,this._packetRW.write.finalize(packet2))}windowChange(chan,rows,cols,height,width){
if(this._server)throw new Error("Client-only method called in server mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(39);packet2[p]=
MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,13,p+=4),packet2.utf8Write("window-change",p+=4,13),packet2[p+=13]=0,writeUInt32BE(
packet2,cols,++p),writeUInt32BE(packet2,rows,p+=4),writeUInt32BE(packet2,width,p+=4),writeUInt32BE(packet2,height,p+=4),this._debug&&this._debug(`Outbound: Send\
ing CHANNEL_REQUEST (r:${chan}, window-change)`),sendPacket(this,this._packetRW.write.finalize(packet2))}pty(chan,rows,cols,height,width,term,modes,wantReply){if(this.
_server)throw new Error("Client-only method called in server mode");(!term||!term.length)&&(term="vt100"),modes&&!Buffer.isBuffer(modes)&&!Array.isArray(modes)&&
typeof modes=="object"&&modes!==null&&(modes=modesToBytes(modes)),(!modes||!modes.length)&&(modes=NO_TERMINAL_MODES_BUFFER);let termLen=term.length,modesLen=modes.
length,p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(21+termLen+4+4+4+4+4+modesLen);if(packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,
chan,++p),writeUInt32BE(packet2,7,p+=4),packet2.utf8Write("pty-req",p+=4,7),packet2[p+=7]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,termLen,++p),
packet2.utf8Write(term,p+=4,termLen),writeUInt32BE(packet2,cols,p+=termLen),writeUInt32BE(packet2,rows,p+=4),writeUInt32BE(packet2,width,p+=4),writeUInt32BE(packet2,
height,p+=4),writeUInt32BE(packet2,modesLen,p+=4),p+=4,Array.isArray(modes))for(let i=0;i<modesLen;++i)packet2[p++]=modes[i];else Buffer.isBuffer(modes)&&packet2.
set(modes,p);this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, pty-req)`),sendPacket(this,this._packetRW.write.finalize(packet2))}shell(chan,wantReply){
if(this._server)throw new Error("Client-only method called in server mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(15);packet2[p]=
MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,5,p+=4),packet2.utf8Write("shell",p+=4,5),packet2[p+=5]=wantReply===void 0||wantReply===
!0?1:0,this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, shell)`),sendPacket(this,this._packetRW.write.finalize(packet2))}exec(chan,cmd,wantReply){
if(this._server)throw new Error("Client-only method called in server mode");let isBuf=Buffer.isBuffer(cmd),cmdLen=isBuf?cmd.length:Buffer.byteLength(cmd),p=this.
_packetRW.write.allocStart,packet2=this._packetRW.write.alloc(18+cmdLen);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,
4,p+=4),packet2.utf8Write("exec",p+=4,4),packet2[p+=4]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,cmdLen,++p),isBuf?packet2.set(cmd,p+=4):packet2.
utf8Write(cmd,p+=4,cmdLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, exec: ${cmd})`),sendPacket(this,this._packetRW.write.finalize(
packet2))}signal(chan,signal){if(this._server)throw new Error("Client-only method called in server mode");let origSignal=signal;if(signal=signal.toUpperCase(),signal.
slice(0,3)==="SIG"&&(signal=signal.slice(3)),SIGNALS[signal]!==1)throw new Error(`Invalid signal: ${origSignal}`);let signalLen=signal.length,p=this._packetRW.write.
allocStart,packet2=this._packetRW.write.alloc(20+signalLen);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,6,p+=4),packet2.
utf8Write("signal",p+=4,6),packet2[p+=6]=0,writeUInt32BE(packet2,signalLen,++p),packet2.utf8Write(signal,p+=4,signalLen),this._debug&&this._debug(`Outbound: Sen\
ding CHANNEL_REQUEST (r:${chan}, signal: ${signal})`),sendPacket(this,this._packetRW.write.finalize(packet2))}env(chan,key,val,wantReply){if(this._server)throw new Error(
"Client-only method called in server mode");let keyLen=Buffer.byteLength(key),isBuf=Buffer.isBuffer(val),valLen=isBuf?val.length:Buffer.byteLength(val),p=this._packetRW.
write.allocStart,packet2=this._packetRW.write.alloc(17+keyLen+4+valLen);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,
3,p+=4),packet2.utf8Write("env",p+=4,3),packet2[p+=3]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,keyLen,++p),packet2.utf8Write(key,p+=4,keyLen),
writeUInt32BE(packet2,valLen,p+=keyLen),isBuf?packet2.set(val,p+=4):packet2.utf8Write(val,p+=4,valLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUE\
ST (r:${chan}, env: ${key}=${val})`),sendPacket(this,this._packetRW.write.finalize(packet2))}x11Forward(chan,cfg,wantReply){if(this._server)throw new Error("Cli\
ent-only method called in server mode");let protocol=cfg.protocol,cookie=cfg.cookie,isBufProto=Buffer.isBuffer(protocol),protoLen=isBufProto?protocol.length:Buffer.
byteLength(protocol),isBufCookie=Buffer.isBuffer(cookie),cookieLen=isBufCookie?cookie.length:Buffer.byteLength(cookie),p=this._packetRW.write.allocStart,packet2=this.
_packetRW.write.alloc(22+protoLen+4+cookieLen+4);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,7,p+=4),packet2.utf8Write(
"x11-req",p+=4,7),packet2[p+=7]=wantReply===void 0||wantReply===!0?1:0,packet2[++p]=cfg.single?1:0,writeUInt32BE(packet2,protoLen,++p),isBufProto?packet2.set(protocol,
p+=4):packet2.utf8Write(protocol,p+=4,protoLen),writeUInt32BE(packet2,cookieLen,p+=protoLen),isBufCookie?packet2.set(cookie,p+=4):packet2.latin1Write(cookie,p+=
4,cookieLen),writeUInt32BE(packet2,cfg.screen||0,p+=cookieLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, x11-req)`),sendPacket(this,
this._packetRW.write.finalize(packet2))}subsystem(chan,name,wantReply){if(this._server)throw new Error("Client-only method called in server mode");let nameLen=Buffer.
byteLength(name),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(23+nameLen);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,
++p),writeUInt32BE(packet2,9,p+=4),packet2.utf8Write("subsystem",p+=4,9),packet2[p+=9]=wantReply===void 0||wantReply===!0?1:0,writeUInt32BE(packet2,nameLen,++p),
packet2.utf8Write(name,p+=4,nameLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, subsystem: ${name})`),sendPacket(this,this._packetRW.
write.finalize(packet2))}openssh_agentForward(chan,wantReply){if(this._server)throw new Error("Client-only method called in server mode");let p=this._packetRW.write.
allocStart,packet2=this._packetRW.write.alloc(36);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,26,p+=4),packet2.utf8Write(
"auth-agent-req@openssh.com",p+=4,26),packet2[p+=26]=wantReply===void 0||wantReply===!0?1:0,this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}\
, auth-agent-req@openssh.com)`),sendPacket(this,this._packetRW.write.finalize(packet2))}openssh_hostKeysProve(keys){if(this._server)throw new Error("Client-only\
 method called in server mode");let keysTotal=0,publicKeys=[];for(let key of keys){let publicKey=key.getPublicSSH();keysTotal+=4+publicKey.length,publicKeys.push(
publicKey)}let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(35+keysTotal);packet2[p]=MESSAGE.GLOBAL_REQUEST,writeUInt32BE(packet2,29,++p),
packet2.utf8Write("hostkeys-prove-00@openssh.com",p+=4,29),packet2[p+=29]=1,++p;for(let buf of publicKeys)writeUInt32BE(packet2,buf.length,p),bufferCopy(buf,packet2,
0,buf.length,p+=4),p+=buf.length;this._debug&&this._debug("Outbound: Sending GLOBAL_REQUEST (hostkeys-prove-00@openssh.com)"),sendPacket(this,this._packetRW.write.
finalize(packet2))}serviceAccept(svcName){if(!this._server)throw new Error("Server-only method called in client mode");let svcNameLen=Buffer.byteLength(svcName),
p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+svcNameLen);if(packet2[p]=MESSAGE.SERVICE_ACCEPT,writeUInt32BE(packet2,svcNameLen,++p),packet2.
utf8Write(svcName,p+=4,svcNameLen),this._debug&&this._debug(`Outbound: Sending SERVICE_ACCEPT (${svcName})`),sendPacket(this,this._packetRW.write.finalize(packet2)),
this._server&&this._banner&&svcName==="ssh-userauth"){let banner=this._banner;this._banner=void 0;let bannerLen=Buffer.byteLength(banner);p=this._packetRW.write.
allocStart;let packet3=this._packetRW.write.alloc(5+bannerLen+4);packet3[p]=MESSAGE.USERAUTH_BANNER,writeUInt32BE(packet3,bannerLen,++p),packet3.utf8Write(banner,
p+=4,bannerLen),writeUInt32BE(packet3,0,p+=bannerLen),this._debug&&this._debug("Outbound: Sending USERAUTH_BANNER"),sendPacket(this,this._packetRW.write.finalize(
packet3))}}forwardedTcpip(chan,initWindow,maxPacket,cfg){if(!this._server)throw new Error("Server-only method called in client mode");let boundAddrLen=Buffer.byteLength(
cfg.boundAddr),remoteAddrLen=Buffer.byteLength(cfg.remoteAddr),p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(36+boundAddrLen+4+4+remoteAddrLen+
4);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,15,++p),packet2.utf8Write("forwarded-tcpip",p+=4,15),writeUInt32BE(packet2,chan,p+=15),writeUInt32BE(packet2,
initWindow,p+=4),writeUInt32BE(packet2,maxPacket,p+=4),writeUInt32BE(packet2,boundAddrLen,p+=4),packet2.utf8Write(cfg.boundAddr,p+=4,boundAddrLen),writeUInt32BE(
packet2,cfg.boundPort,p+=boundAddrLen),writeUInt32BE(packet2,remoteAddrLen,p+=4),packet2.utf8Write(cfg.remoteAddr,p+=4,remoteAddrLen),writeUInt32BE(packet2,cfg.
remotePort,p+=remoteAddrLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}, forwarded-tcpip)`),sendPacket(this,this._packetRW.write.finalize(
packet2))}x11(chan,initWindow,maxPacket,cfg){if(!this._server)throw new Error("Server-only method called in client mode");let addrLen=Buffer.byteLength(cfg.originAddr),
p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(24+addrLen+4);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,3,++p),packet2.utf8Write(
"x11",p+=4,3),writeUInt32BE(packet2,chan,p+=3),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,maxPacket,p+=4),writeUInt32BE(packet2,addrLen,p+=4),
packet2.utf8Write(cfg.originAddr,p+=4,addrLen),writeUInt32BE(packet2,cfg.originPort,p+=addrLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}\
, x11)`),sendPacket(this,this._packetRW.write.finalize(packet2))}openssh_authAgent(chan,initWindow,maxPacket){if(!this._server)throw new Error("Server-only meth\
od called in client mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(39);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,22,
++p),packet2.utf8Write("auth-agent@openssh.com",p+=4,22),writeUInt32BE(packet2,chan,p+=22),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,maxPacket,
p+=4),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}, auth-agent@openssh.com)`),sendPacket(this,this._packetRW.write.finalize(packet2))}openssh_forwardedStreamLocal(chan,initWindow,maxPacket,cfg){
if(!this._server)throw new Error("Server-only method called in client mode");let pathLen=Buffer.byteLength(cfg.socketPath),p=this._packetRW.write.allocStart,packet2=this.
_packetRW.write.alloc(54+pathLen+4);packet2[p]=MESSAGE.CHANNEL_OPEN,writeUInt32BE(packet2,33,++p),packet2.utf8Write("forwarded-streamlocal@openssh.com",p+=4,33),
writeUInt32BE(packet2,chan,p+=33),writeUInt32BE(packet2,initWindow,p+=4),writeUInt32BE(packet2,maxPacket,p+=4),writeUInt32BE(packet2,pathLen,p+=4),packet2.utf8Write(
cfg.socketPath,p+=4,pathLen),writeUInt32BE(packet2,0,p+=pathLen),this._debug&&this._debug(`Outbound: Sending CHANNEL_OPEN (r:${chan}, forwarded-streamlocal@open\
ssh.com)`),sendPacket(this,this._packetRW.write.finalize(packet2))}exitStatus(chan,status2){if(!this._server)throw new Error("Server-only method called in clien\
t mode");let p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(25);packet2[p]=MESSAGE.CHANNEL_REQUEST,writeUInt32BE(packet2,chan,++p),writeUInt32BE(
packet2,11,p+=4),packet2.utf8Write("exit-status",p+=4,11),packet2[p+=11]=0,writeUInt32BE(packet2,status2,++p),this._debug&&this._debug(`Outbound: Sending CHANNE\
L_REQUEST (r:${chan}, exit-status: ${status2})`),sendPacket(this,this._packetRW.write.finalize(packet2))}exitSignal(chan,name,coreDumped,msg){if(!this._server)throw new Error(
"Server-only method called in client mode");let origSignal=name;if(typeof origSignal!="string"||!origSignal)throw new Error(`Invalid signal: ${origSignal}`);let signal=name.
toUpperCase();if(signal.slice(0,3)==="SIG"&&(signal=signal.slice(3)),SIGNALS[signal]!==1)throw new Error(`Invalid signal: ${origSignal}`);let nameLen=Buffer.byteLength(
signal),msgLen=msg?Buffer.byteLength(msg):0,p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(25+nameLen+1+4+msgLen+4);packet2[p]=MESSAGE.CHANNEL_REQUEST,
writeUInt32BE(packet2,chan,++p),writeUInt32BE(packet2,11,p+=4),packet2.utf8Write("exit-signal",p+=4,11),packet2[p+=11]=0,writeUInt32BE(packet2,nameLen,++p),packet2.
utf8Write(signal,p+=4,nameLen),packet2[p+=nameLen]=coreDumped?1:0,writeUInt32BE(packet2,msgLen,++p),p+=4,msgLen&&(packet2.utf8Write(msg,p,msgLen),p+=msgLen),writeUInt32BE(
packet2,0,p),this._debug&&this._debug(`Outbound: Sending CHANNEL_REQUEST (r:${chan}, exit-signal: ${name})`),sendPacket(this,this._packetRW.write.finalize(packet2))}authFailure(authMethods,isPartial){
if(!this._server)throw new Error("Server-only method called in client mode");if(this._authsQueue.length===0)throw new Error("No auth in progress");let methods;if(typeof authMethods==
"boolean"&&(isPartial=authMethods,authMethods=void 0),authMethods){methods=[];for(let i=0;i<authMethods.length;++i)authMethods[i].toLowerCase()!=="none"&&methods.
push(authMethods[i]);methods=methods.join(",")}else methods="";let methodsLen=methods.length,p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(
5+methodsLen+1);packet2[p]=MESSAGE.USERAUTH_FAILURE,writeUInt32BE(packet2,methodsLen,++p),packet2.utf8Write(methods,p+=4,methodsLen),packet2[p+=methodsLen]=isPartial===
!0?1:0,this._authsQueue.shift(),this._debug&&this._debug("Outbound: Sending USERAUTH_FAILURE"),sendPacket(this,this._packetRW.write.finalize(packet2))}authSuccess(){
if(!this._server)throw new Error("Server-only method called in client mode");if(this._authsQueue.length===0)throw new Error("No auth in progress");let p=this._packetRW.
write.allocStart,packet2=this._packetRW.write.alloc(1);packet2[p]=MESSAGE.USERAUTH_SUCCESS,this._authsQueue.shift(),this._authenticated=!0,this._debug&&this._debug(
"Outbound: Sending USERAUTH_SUCCESS"),sendPacket(this,this._packetRW.write.finalize(packet2)),this._kex.negotiated.cs.compress==="zlib@openssh.com"&&(this._packetRW.
read=new ZlibPacketReader),this._kex.negotiated.sc.compress==="zlib@openssh.com"&&(this._packetRW.write=new ZlibPacketWriter(this))}authPKOK(keyAlgo,key){if(!this.
_server)throw new Error("Server-only method called in client mode");if(this._authsQueue.length===0||this._authsQueue[0]!=="publickey")throw new Error('"publicke\
y" auth not in progress');let keyAlgoLen=Buffer.byteLength(keyAlgo),keyLen=key.length,p=this._packetRW.write.allocStart,packet2=this._packetRW.write.alloc(5+keyAlgoLen+
4+keyLen);packet2[p]=MESSAGE.USERAUTH_PK_OK,writeUInt32BE(packet2,keyAlgoLen,++p),packet2.utf8Write(keyAlgo,p+=4,keyAlgoLen),writeUInt32BE(packet2,keyLen,p+=keyAlgoLen),
packet2.set(key,p+=4),this._authsQueue.shift(),this._debug&&this._debug("Outbound: Sending USERAUTH_PK_OK"),sendPacket(this,this._packetRW.write.finalize(packet2))}authPasswdChg(prompt){
if(!this._server)throw new Error("Server-only method called in client mode");let promptLen=Buffer.byteLength(prompt),p=this._packetRW.write.allocStart,packet2=this.
_packetRW.write.alloc(5+promptLen+4);packet2[p]=MESSAGE.USERAUTH_PASSWD_CHANGEREQ,writeUInt32BE(packet2,promptLen,++p),packet2.utf8Write(prompt,p+=4,promptLen),
writeUInt32BE(packet2,0,p+=promptLen),this._debug&&this._debug("Outbound: Sending USERAUTH_PASSWD_CHANGEREQ"),sendPacket(this,this._packetRW.write.finalize(packet2))}authInfoReq(name,instructions,prompts){
if(!this._server)throw new Error("Server-only method called in client mode");let promptsLen=0,nameLen=name?Buffer.byteLength(name):0,instrLen=instructions?Buffer.
byteLength(instructions):0;for(let i=0;i<prompts.length;++i)promptsLen+=4+Buffer.byteLength(prompts[i].prompt)+1;let p=this._packetRW.write.allocStart,packet2=this.
_packetRW.write.alloc(5+nameLen+4+instrLen+4+4+promptsLen);packet2[p]=MESSAGE.USERAUTH_INFO_REQUEST,writeUInt32BE(packet2,nameLen,++p),p+=4,name&&(packet2.utf8Write(
name,p,nameLen),p+=nameLen),writeUInt32BE(packet2,instrLen,p),p+=4,instructions&&(packet2.utf8Write(instructions,p,instrLen),p+=instrLen),writeUInt32BE(packet2,
0,p),writeUInt32BE(packet2,prompts.length,p+=4),p+=4;for(let i=0;i<prompts.length;++i){let prompt=prompts[i],promptLen=Buffer.byteLength(prompt.prompt);writeUInt32BE(
packet2,promptLen,p),p+=4,promptLen&&(packet2.utf8Write(prompt.prompt,p,promptLen),p+=promptLen),packet2[p++]=prompt.echo?1:0}this._debug&&this._debug("Outbound\
: Sending USERAUTH_INFO_REQUEST"),sendPacket(this,this._packetRW.write.finalize(packet2))}},RE_IDENT=/^SSH-(2\.0|1\.99)-([^ ]+)(?: (.*))?$/;function parseHeader(chunk,p,len){
let data,chunkOffset;this._buffer?(data=Buffer.allocUnsafe(this._buffer.length+(len-p)),data.set(this._buffer,0),p===0?data.set(chunk,this._buffer.length):data.
set(new Uint8Array(chunk.buffer,chunk.byteOffset+p,len-p),this._buffer.length),chunkOffset=this._buffer.length,p=0):(data=chunk,chunkOffset=0);let op=p,start=p,
end=p,needNL=!1,lineLen=0,lines=0;for(;p<data.length;++p){let ch=data[p];if(ch===13){needNL=!0;continue}if(ch===10){if(end>start&&end-start>4&&data[start]===83&&
data[start+1]===83&&data[start+2]===72&&data[start+3]===45){let full=data.latin1Slice(op,end+1),identRaw=start===op?full:full.slice(start-op),m=RE_IDENT.exec(identRaw);
if(!m)throw new Error("Invalid identification string");let header={greeting:start===op?"":full.slice(0,start-op),identRaw,versions:{protocol:m[1],software:m[2]},
comments:m[3]};return this._remoteIdentRaw=Buffer.from(identRaw),this._debug&&this._debug(`Remote ident: ${inspect(identRaw)}`),this._compatFlags=getCompatFlags(
header),this._buffer=void 0,this._decipher=new NullDecipher(0,onKEXPayload.bind(this,{firstPacket:!0})),this._parse=parsePacket,this._onHeader(header),this._destruct?
(kexinit(this),p+1-chunkOffset):len}if(this._server)throw new Error("Greetings from clients not permitted");if(++lines>MAX_LINES)throw new Error("Max greeting l\
ines exceeded");needNL=!1,start=p+1,lineLen=0}else{if(needNL)throw new Error("Invalid header: expected newline");if(++lineLen>=MAX_LINE_LEN)throw new Error("Hea\
der line too long")}end=p}return this._buffer||(this._buffer=bufferSlice(data,op)),p-chunkOffset}function parsePacket(chunk,p,len){return this._decipher.decrypt(
chunk,p,len)}function onPayload(payload){if(this._onPacket(),payload.length===0){this._debug&&this._debug("Inbound: Skipping empty packet payload");return}payload=
this._packetRW.read.read(payload);let type=payload[0];type===MESSAGE.USERAUTH_SUCCESS&&!this._server&&!this._authenticated&&(this._authenticated=!0,this._kex.negotiated.
cs.compress==="zlib@openssh.com"&&(this._packetRW.write=new ZlibPacketWriter(this)),this._kex.negotiated.sc.compress==="zlib@openssh.com"&&(this._packetRW.read=
new ZlibPacketReader));let handler=MESSAGE_HANDLERS[type];if(handler===void 0){this._debug&&this._debug(`Inbound: Unsupported message type: ${type}`);return}return handler(
this,payload)}function getCompatFlags(header){let software=header.versions.software,flags2=0;for(let rule of COMPAT_CHECKS)typeof rule[0]=="string"?software===rule[0]&&
(flags2|=rule[1]):rule[0].test(software)&&(flags2|=rule[1]);return flags2}function modesToBytes(modes){let keys=Object.keys(modes),bytes=Buffer.allocUnsafe(5*keys.
length+1),b=0;for(let i=0;i<keys.length;++i){let key=keys[i];if(key==="TTY_OP_END")continue;let opcode=TERMINAL_MODE[key];if(opcode===void 0)continue;let val=modes[key];
typeof val=="number"&&isFinite(val)&&(bytes[b++]=opcode,bytes[b++]=val>>>24,bytes[b++]=val>>>16,bytes[b++]=val>>>8,bytes[b++]=val)}return bytes[b++]=TERMINAL_MODE.
TTY_OP_END,b<bytes.length?bufferSlice(bytes,0,b):bytes}function sendExtInfo(proto){let serverSigAlgs="ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp52\
1rsa-sha2-512,rsa-sha2-256,ssh-rsa,ssh-dss";eddsaSupported&&(serverSigAlgs=`ssh-ed25519,${serverSigAlgs}`);let algsLen=Buffer.byteLength(serverSigAlgs),p=proto.
_packetRW.write.allocStart,packet2=proto._packetRW.write.alloc(28+algsLen);packet2[p]=MESSAGE.EXT_INFO,writeUInt32BE(packet2,1,++p),writeUInt32BE(packet2,15,p+=
4),packet2.utf8Write("server-sig-algs",p+=4,15),writeUInt32BE(packet2,algsLen,p+=15),packet2.utf8Write(serverSigAlgs,p+=4,algsLen),proto._debug&&proto._debug("O\
utbound: Sending EXT_INFO"),sendPacket(proto,proto._packetRW.write.finalize(packet2))}module.exports=Protocol}});var require_node_fs_compat=__commonJS({"node_modules/ssh2/lib/protocol/node-fs-compat.js"(exports){"use strict";var assert=__require("assert"),{inspect}=__require("util");
function addNumericalSeparator(val){let res="",i=val.length,start=val[0]==="-"?1:0;for(;i>=start+4;i-=3)res=`_${val.slice(i-3,i)}${res}`;return`${val.slice(0,i)}${res}`}
function oneOf(expected,thing){if(assert(typeof thing=="string","`thing` has to be of type string"),Array.isArray(expected)){let len=expected.length;return assert(
len>0,"At least one expected value needs to be specified"),expected=expected.map(i=>String(i)),len>2?`one of ${thing} ${expected.slice(0,len-1).join(", ")}, or `+
expected[len-1]:len===2?`one of ${thing} ${expected[0]} or ${expected[1]}`:`of ${thing} ${expected[0]}`}return`of ${thing} ${String(expected)}`}exports.ERR_INTERNAL_ASSERTION=
class ERR_INTERNAL_ASSERTION extends Error{constructor(message){super(),Error.captureStackTrace(this,ERR_INTERNAL_ASSERTION);let suffix=`This is caused by eithe\
r a bug in ssh2 or incorrect usage of ssh2 internals.
Please open an issue with this stack trace at https://github.com/mscdex/ssh2/issues
`;this.message=message===void 0?suffix:`${message}
${suffix}`}};var MAX_32BIT_INT=2**32,MAX_32BIT_BIGINT=(()=>{try{return new Function("return 2n ** 32n")()}catch{}})();exports.ERR_OUT_OF_RANGE=class ERR_OUT_OF_RANGE extends RangeError{constructor(str,range,input,replaceDefaultBoolean){
super(),Error.captureStackTrace(this,ERR_OUT_OF_RANGE),assert(range,'Missing "range" argument');let msg=replaceDefaultBoolean?str:`The value of "${str}" is out \
of range.`,received;Number.isInteger(input)&&Math.abs(input)>MAX_32BIT_INT?received=addNumericalSeparator(String(input)):typeof input=="bigint"?(received=String(
input),(input>MAX_32BIT_BIGINT||input<-MAX_32BIT_BIGINT)&&(received=addNumericalSeparator(received)),received+="n"):received=inspect(input),msg+=` It must be ${range}\
. Received ${received}`,this.message=msg}};var ERR_INVALID_ARG_TYPE=class _ERR_INVALID_ARG_TYPE extends TypeError{constructor(name,expected,actual){super(),Error.
captureStackTrace(this,_ERR_INVALID_ARG_TYPE),assert(typeof name=="string","'name' must be a string");let determiner;typeof expected=="string"&&expected.startsWith(
"not ")?(determiner="must not be",expected=expected.replace(/^not /,"")):determiner="must be";let msg;if(name.endsWith(" argument"))msg=`The ${name} ${determiner}\
 ${oneOf(expected,"type")}`;else{let type=name.includes(".")?"property":"argument";msg=`The "${name}" ${type} ${determiner} ${oneOf(expected,"type")}`}msg+=`. R\
eceived type ${typeof actual}`,this.message=msg}};exports.ERR_INVALID_ARG_TYPE=ERR_INVALID_ARG_TYPE;exports.validateNumber=function(value,name){if(typeof value!=
"number")throw new ERR_INVALID_ARG_TYPE(name,"number",value)}}});var require_SFTP=__commonJS({"node_modules/ssh2/lib/protocol/SFTP.js"(exports,module){"use strict";var EventEmitter=__require("events"),fs=__require("fs"),{constants:constants3}=fs,
{Readable:ReadableStream,Writable:WritableStream}=__require("stream"),{inherits,types:{isDate}}=__require("util"),FastBuffer=Buffer[Symbol.species],{bufferCopy,
bufferSlice,makeBufferParser,writeUInt32BE}=require_utils(),ATTR={SIZE:1,UIDGID:2,PERMISSIONS:4,ACMODTIME:8,EXTENDED:2147483648},ATTRS_BUF=Buffer.alloc(28),STATUS_CODE={
OK:0,EOF:1,NO_SUCH_FILE:2,PERMISSION_DENIED:3,FAILURE:4,BAD_MESSAGE:5,NO_CONNECTION:6,CONNECTION_LOST:7,OP_UNSUPPORTED:8},VALID_STATUS_CODES=new Map(Object.values(
STATUS_CODE).map(n=>[n,1])),STATUS_CODE_STR={[STATUS_CODE.OK]:"No error",[STATUS_CODE.EOF]:"End of file",[STATUS_CODE.NO_SUCH_FILE]:"No such file or directory",
[STATUS_CODE.PERMISSION_DENIED]:"Permission denied",[STATUS_CODE.FAILURE]:"Failure",[STATUS_CODE.BAD_MESSAGE]:"Bad message",[STATUS_CODE.NO_CONNECTION]:"No conn\
ection",[STATUS_CODE.CONNECTION_LOST]:"Connection lost",[STATUS_CODE.OP_UNSUPPORTED]:"Operation unsupported"},REQUEST={INIT:1,OPEN:3,CLOSE:4,READ:5,WRITE:6,LSTAT:7,
FSTAT:8,SETSTAT:9,FSETSTAT:10,OPENDIR:11,READDIR:12,REMOVE:13,MKDIR:14,RMDIR:15,REALPATH:16,STAT:17,RENAME:18,READLINK:19,SYMLINK:20,EXTENDED:200},RESPONSE={VERSION:2,
STATUS:101,HANDLE:102,DATA:103,NAME:104,ATTRS:105,EXTENDED:201},OPEN_MODE={READ:1,WRITE:2,APPEND:4,CREAT:8,TRUNC:16,EXCL:32},PKT_RW_OVERHEAD=2*1024,MAX_REQID=2**
32-1,CLIENT_VERSION_BUFFER=Buffer.from([0,0,0,5,REQUEST.INIT,0,0,0,3]),SERVER_VERSION_BUFFER=Buffer.from([0,0,0,5,RESPONSE.VERSION,0,0,0,3]),RE_OPENSSH=/^SSH-2.0-(?:OpenSSH|dropbear)/,
OPENSSH_MAX_PKT_LEN=256*1024,bufferParser=makeBufferParser(),fakeStderr={readable:!1,writable:!1,push:data=>{},once:()=>{},on:()=>{},emit:()=>{},end:()=>{}};function noop(){}
var SFTP=class extends EventEmitter{constructor(client,chanInfo,cfg){super(),(typeof cfg!="object"||!cfg)&&(cfg={});let remoteIdentRaw=client._protocol._remoteIdentRaw;
this.server=!!cfg.server,this._debug=typeof cfg.debug=="function"?cfg.debug:void 0,this._isOpenSSH=remoteIdentRaw&&RE_OPENSSH.test(remoteIdentRaw),this._version=
-1,this._extensions={},this._biOpt=cfg.biOpt,this._pktLenBytes=0,this._pktLen=0,this._pktPos=0,this._pktType=0,this._pktData=void 0,this._writeReqid=-1,this._requests=
{},this._maxInPktLen=OPENSSH_MAX_PKT_LEN,this._maxOutPktLen=34e3,this._maxReadLen=(this._isOpenSSH?OPENSSH_MAX_PKT_LEN:34e3)-PKT_RW_OVERHEAD,this._maxWriteLen=(this.
_isOpenSSH?OPENSSH_MAX_PKT_LEN:34e3)-PKT_RW_OVERHEAD,this.maxOpenHandles=void 0,this._client=client,this._protocol=client._protocol,this._callbacks=[],this._hasX11=
!1,this._exit={code:void 0,signal:void 0,dump:void 0,desc:void 0},this._waitWindow=!1,this._chunkcb=void 0,this._buffer=[],this.type=chanInfo.type,this.subtype=
void 0,this.incoming=chanInfo.incoming,this.outgoing=chanInfo.outgoing,this.stderr=fakeStderr,this.readable=!0}push(data){if(data===null){if(cleanupRequests(this),
!this.readable)return;this.readable=!1,this.emit("end");return}let p=0;for(;p<data.length;){if(this._pktLenBytes<4){let nb=Math.min(4-this._pktLenBytes,data.length-
p);for(this._pktLenBytes+=nb;nb--;)this._pktLen=(this._pktLen<<8)+data[p++];if(this._pktLenBytes<4)return;if(this._pktLen===0)return doFatalSFTPError(this,"Inva\
lid packet length");if(this._pktLen>this._maxInPktLen){let max=this._maxInPktLen;return doFatalSFTPError(this,`Packet length ${this._pktLen} exceeds max length \
of ${max}`)}if(p>=data.length)return}if(this._pktPos<this._pktLen){let nb=Math.min(this._pktLen-this._pktPos,data.length-p);if(p!==0||nb!==data.length?nb===this.
_pktLen?this._pkt=new FastBuffer(data.buffer,data.byteOffset+p,nb):(this._pkt||(this._pkt=Buffer.allocUnsafe(this._pktLen)),this._pkt.set(new Uint8Array(data.buffer,
data.byteOffset+p,nb),this._pktPos)):nb===this._pktLen?this._pkt=data:(this._pkt||(this._pkt=Buffer.allocUnsafe(this._pktLen)),this._pkt.set(data,this._pktPos)),
p+=nb,this._pktPos+=nb,this._pktPos<this._pktLen)return}let type=this._pkt[0],payload=this._pkt;this._pktLen=0,this._pktLenBytes=0,this._pkt=void 0,this._pktPos=
0;let handler=this.server?SERVER_HANDLERS[type]:CLIENT_HANDLERS[type];if(!handler)return doFatalSFTPError(this,`Unknown packet type ${type}`);if(this._version===
-1){if(this.server){if(type!==REQUEST.INIT)return doFatalSFTPError(this,`Expected INIT packet, got ${type}`)}else if(type!==RESPONSE.VERSION)return doFatalSFTPError(
this,`Expected VERSION packet, got ${type}`)}if(handler(this,payload)===!1)return}}end(){this.destroy()}destroy(){(this.outgoing.state==="open"||this.outgoing.state===
"eof")&&(this.outgoing.state="closing",this._protocol.channelClose(this.outgoing.id))}_init(){this._init=noop,this.server||sendOrBuffer(this,CLIENT_VERSION_BUFFER)}createReadStream(path2,options){
if(this.server)throw new Error("Client-only method called in server mode");return new ReadStream2(this,path2,options)}createWriteStream(path2,options){if(this.server)
throw new Error("Client-only method called in server mode");return new WriteStream(this,path2,options)}open(path2,flags_,attrs,cb){if(this.server)throw new Error(
"Client-only method called in server mode");typeof attrs=="function"&&(cb=attrs,attrs=void 0);let flags2=typeof flags_=="number"?flags_:stringToFlags(flags_);if(flags2===
null)throw new Error(`Unknown flags string: ${flags_}`);let attrsFlags=0,attrsLen=0;(typeof attrs=="string"||typeof attrs=="number")&&(attrs={mode:attrs}),typeof attrs==
"object"&&attrs!==null&&(attrs=attrsToBytes(attrs),attrsFlags=attrs.flags,attrsLen=attrs.nb);let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+
pathLen+4+4+attrsLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.OPEN;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(
buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),writeUInt32BE(buf,flags2,p+=pathLen),writeUInt32BE(buf,attrsFlags,p+=4),attrsLen&&(p+=4,attrsLen===ATTRS_BUF.length?
buf.set(ATTRS_BUF,p):bufferCopy(ATTRS_BUF,buf,0,attrsLen,p),p+=attrsLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(
`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} OPEN`)}close(handle,cb){if(this.server)throw new Error("Client-only method called in server mode");if(!Buffer.
isBuffer(handle))throw new Error("handle is not a Buffer");let handleLen=handle.length,p=9,buf=Buffer.allocUnsafe(13+handleLen);writeUInt32BE(buf,buf.length-4,0),
buf[4]=REQUEST.CLOSE;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,handleLen,p),buf.set(handle,p+=4),this.
_requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} CLOSE`)}read(handle,buf,off,len,position,cb){
if(this.server)throw new Error("Client-only method called in server mode");if(!Buffer.isBuffer(handle))throw new Error("handle is not a Buffer");if(!Buffer.isBuffer(
buf))throw new Error("buffer is not a Buffer");if(off>=buf.length)throw new Error("offset is out of bounds");if(off+len>buf.length)throw new Error("length exten\
ds beyond buffer");if(position===null)throw new Error("null position currently unsupported");read_(this,handle,buf,off,len,position,cb)}readData(handle,buf,off,len,position,cb){
this.read(handle,buf,off,len,position,cb)}write(handle,buf,off,len,position,cb){if(this.server)throw new Error("Client-only method called in server mode");if(!Buffer.
isBuffer(handle))throw new Error("handle is not a Buffer");if(!Buffer.isBuffer(buf))throw new Error("buffer is not a Buffer");if(off>buf.length)throw new Error(
"offset is out of bounds");if(off+len>buf.length)throw new Error("length extends beyond buffer");if(position===null)throw new Error("null position currently uns\
upported");if(!len){cb&&process.nextTick(cb,void 0,0);return}let maxDataLen=this._maxWriteLen,overflow=Math.max(len-maxDataLen,0),origPosition=position;overflow&&
(len=maxDataLen);let handleLen=handle.length,p=9,out=Buffer.allocUnsafe(13+handleLen+8+4+len);writeUInt32BE(out,out.length-4,0),out[4]=REQUEST.WRITE;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(out,reqid,5),writeUInt32BE(out,handleLen,p),out.set(handle,p+=4),p+=handleLen;for(let i=7;i>=0;--i)out[p+
i]=position&255,position/=256;writeUInt32BE(out,len,p+=8),bufferCopy(buf,out,off,off+len,p+=4),this._requests[reqid]={cb:err=>{err?typeof cb=="function"&&cb(err):
overflow?this.write(handle,buf,off+len,overflow,origPosition+len,cb):typeof cb=="function"&&cb(void 0,off+len)}};let isSent=sendOrBuffer(this,out);if(this._debug){
let how=isSent?"Sent":"Buffered";this._debug(`SFTP: Outbound: ${how} WRITE (id:${reqid})`)}}writeData(handle,buf,off,len,position,cb){this.write(handle,buf,off,
len,position,cb)}fastGet(remotePath,localPath,opts,cb){if(this.server)throw new Error("Client-only method called in server mode");fastXfer(this,fs,remotePath,localPath,
opts,cb)}fastPut(localPath,remotePath,opts,cb){if(this.server)throw new Error("Client-only method called in server mode");fastXfer(fs,this,localPath,remotePath,
opts,cb)}readFile(path2,options,callback_){if(this.server)throw new Error("Client-only method called in server mode");let callback;if(typeof callback_=="functio\
n"?callback=callback_:typeof options=="function"&&(callback=options,options=void 0),typeof options=="string")options={encoding:options,flag:"r"};else if(!options)
options={encoding:null,flag:"r"};else if(typeof options!="object")throw new TypeError("Bad arguments");let encoding=options.encoding;if(encoding&&!Buffer.isEncoding(
encoding))throw new Error(`Unknown encoding: ${encoding}`);let size,buffer,buffers,pos=0,handle,bytesRead=0,flag=options.flag||"r",read3=()=>{size===0?(buffer=Buffer.
allocUnsafe(8192),this.read(handle,buffer,0,8192,bytesRead,afterRead)):this.read(handle,buffer,pos,size-pos,bytesRead,afterRead)},afterRead=(er,nbytes)=>{let eof;
if(er){if(eof=er.code===STATUS_CODE.EOF,!eof)return this.close(handle,()=>callback&&callback(er))}else eof=!1;if(eof||size===0&&nbytes===0)return close();bytesRead+=
nbytes,pos+=nbytes,size!==0?pos===size?close():read3():(buffers.push(bufferSlice(buffer,0,nbytes)),read3())};afterRead._wantEOFError=!0;let close=()=>{this.close(
handle,er=>(size===0?buffer=Buffer.concat(buffers,pos):pos<size&&(buffer=bufferSlice(buffer,0,pos)),encoding&&(buffer=buffer.toString(encoding)),callback&&callback(
er,buffer)))};this.open(path2,flag,438,(er,handle_)=>{if(er)return callback&&callback(er);handle=handle_;let tryStat=(er2,st)=>{if(er2){this.stat(path2,(er_,st_)=>{
if(er_)return this.close(handle,()=>{callback&&callback(er2)});tryStat(null,st_)});return}if(size=st.size||0,size===0)return buffers=[],read3();buffer=Buffer.allocUnsafe(
size),read3()};this.fstat(handle,tryStat)})}writeFile(path2,data,options,callback_){if(this.server)throw new Error("Client-only method called in server mode");let callback;
if(typeof callback_=="function"?callback=callback_:typeof options=="function"&&(callback=options,options=void 0),typeof options=="string")options={encoding:options,
mode:438,flag:"w"};else if(!options)options={encoding:"utf8",mode:438,flag:"w"};else if(typeof options!="object")throw new TypeError("Bad arguments");if(options.
encoding&&!Buffer.isEncoding(options.encoding))throw new Error(`Unknown encoding: ${options.encoding}`);let flag=options.flag||"w";this.open(path2,flag,options.
mode,(openErr,handle)=>{if(openErr)callback&&callback(openErr);else{let buffer=Buffer.isBuffer(data)?data:Buffer.from(""+data,options.encoding||"utf8"),position=/a/.
test(flag)?null:0;if(position===null){let tryStat=(er,st)=>{if(er){this.stat(path2,(er_,st_)=>{if(er_)return this.close(handle,()=>{callback&&callback(er)});tryStat(
null,st_)});return}writeAll(this,handle,buffer,0,buffer.length,st.size,callback)};this.fstat(handle,tryStat);return}writeAll(this,handle,buffer,0,buffer.length,
position,callback)}})}appendFile(path2,data,options,callback_){if(this.server)throw new Error("Client-only method called in server mode");let callback;if(typeof callback_==
"function"?callback=callback_:typeof options=="function"&&(callback=options,options=void 0),typeof options=="string")options={encoding:options,mode:438,flag:"a"};else if(!options)
options={encoding:"utf8",mode:438,flag:"a"};else if(typeof options!="object")throw new TypeError("Bad arguments");options.flag||(options=Object.assign({flag:"a"},
options)),this.writeFile(path2,data,options,callback)}exists(path2,cb){if(this.server)throw new Error("Client-only method called in server mode");this.stat(path2,
err=>{cb&&cb(!err)})}unlink(filename,cb){if(this.server)throw new Error("Client-only method called in server mode");let fnameLen=Buffer.byteLength(filename),p=9,
buf=Buffer.allocUnsafe(13+fnameLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.REMOVE;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(
buf,reqid,5),writeUInt32BE(buf,fnameLen,p),buf.utf8Write(filename,p+=4,fnameLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this.
_debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} REMOVE`)}rename(oldPath,newPath,cb){if(this.server)throw new Error("Client-only method called in serv\
er mode");let oldLen=Buffer.byteLength(oldPath),newLen=Buffer.byteLength(newPath),p=9,buf=Buffer.allocUnsafe(13+oldLen+4+newLen);writeUInt32BE(buf,buf.length-4,
0),buf[4]=REQUEST.RENAME;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,oldLen,p),buf.utf8Write(oldPath,p+=
4,oldLen),writeUInt32BE(buf,newLen,p+=oldLen),buf.utf8Write(newPath,p+=4,newLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this.
_debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} RENAME`)}mkdir(path2,attrs,cb){if(this.server)throw new Error("Client-only method called in server mo\
de");let flags2=0,attrsLen=0;typeof attrs=="function"&&(cb=attrs,attrs=void 0),typeof attrs=="object"&&attrs!==null&&(attrs=attrsToBytes(attrs),flags2=attrs.flags,
attrsLen=attrs.nb);let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen+4+attrsLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.MKDIR;
let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),writeUInt32BE(
buf,flags2,p+=pathLen),attrsLen&&(p+=4,attrsLen===ATTRS_BUF.length?buf.set(ATTRS_BUF,p):bufferCopy(ATTRS_BUF,buf,0,attrsLen,p),p+=attrsLen),this._requests[reqid]=
{cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} MKDIR`)}rmdir(path2,cb){if(this.server)throw new Error(
"Client-only method called in server mode");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=
REQUEST.RMDIR;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),
this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} RMDIR`)}readdir(where,opts,cb){
if(this.server)throw new Error("Client-only method called in server mode");typeof opts=="function"&&(cb=opts,opts={}),(typeof opts!="object"||opts===null)&&(opts=
{});let doFilter=!(opts&&opts.full);if(!Buffer.isBuffer(where)&&typeof where!="string")throw new Error("missing directory handle or path");if(typeof where=="str\
ing"){let entries=[],e=0,reread=(err,handle)=>{if(err)return cb(err);this.readdir(handle,opts,(err2,list)=>{let eof=err2&&err2.code===STATUS_CODE.EOF;if(err2&&!eof)
return this.close(handle,()=>cb(err2));if(eof)return this.close(handle,err3=>{if(err3)return cb(err3);cb(void 0,entries)});for(let i=0;i<list.length;++i,++e)entries[e]=
list[i];reread(void 0,handle)})};return this.opendir(where,reread)}let handleLen=where.length,p=9,buf=Buffer.allocUnsafe(13+handleLen);writeUInt32BE(buf,buf.length-
4,0),buf[4]=REQUEST.READDIR;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,handleLen,p),buf.set(where,p+=4),
this._requests[reqid]={cb:doFilter?(err,list)=>{if(typeof cb=="function"){if(err)return cb(err);for(let i=list.length-1;i>=0;--i)(list[i].filename==="."||list[i].
filename==="..")&&list.splice(i,1);cb(void 0,list)}}:cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":
"Sending"} READDIR`)}fstat(handle,cb){if(this.server)throw new Error("Client-only method called in server mode");if(!Buffer.isBuffer(handle))throw new Error("ha\
ndle is not a Buffer");let handleLen=handle.length,p=9,buf=Buffer.allocUnsafe(13+handleLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.FSTAT;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,handleLen,p),buf.set(handle,p+=4),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} FSTAT`)}stat(path2,cb){if(this.server)throw new Error("Client-only method\
 called in server mode");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.STAT;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} STAT`)}lstat(path2,cb){if(this.server)throw new Error("Client-only method\
 called in server mode");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.LSTAT;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} LSTAT`)}opendir(path2,cb){if(this.server)throw new Error("Client-only met\
hod called in server mode");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.OPENDIR;
let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),this._requests[reqid]=
{cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} OPENDIR`)}setstat(path2,attrs,cb){if(this.
server)throw new Error("Client-only method called in server mode");let flags2=0,attrsLen=0;typeof attrs=="object"&&attrs!==null?(attrs=attrsToBytes(attrs),flags2=
attrs.flags,attrsLen=attrs.nb):typeof attrs=="function"&&(cb=attrs);let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen+4+attrsLen);writeUInt32BE(
buf,buf.length-4,0),buf[4]=REQUEST.SETSTAT;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(
path2,p+=4,pathLen),writeUInt32BE(buf,flags2,p+=pathLen),attrsLen&&(p+=4,attrsLen===ATTRS_BUF.length?buf.set(ATTRS_BUF,p):bufferCopy(ATTRS_BUF,buf,0,attrsLen,p),
p+=attrsLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} SETST\
AT`)}fsetstat(handle,attrs,cb){if(this.server)throw new Error("Client-only method called in server mode");if(!Buffer.isBuffer(handle))throw new Error("handle is\
 not a Buffer");let flags2=0,attrsLen=0;typeof attrs=="object"&&attrs!==null?(attrs=attrsToBytes(attrs),flags2=attrs.flags,attrsLen=attrs.nb):typeof attrs=="fun\
ction"&&(cb=attrs);let handleLen=handle.length,p=9,buf=Buffer.allocUnsafe(13+handleLen+4+attrsLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.FSETSTAT;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,handleLen,p),buf.set(handle,p+=4),writeUInt32BE(buf,flags2,p+=handleLen),attrsLen&&
(p+=4,attrsLen===ATTRS_BUF.length?buf.set(ATTRS_BUF,p):bufferCopy(ATTRS_BUF,buf,0,attrsLen,p),p+=attrsLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} FSETSTAT`)}futimes(handle,atime,mtime,cb){return this.fsetstat(handle,{atime:toUnixTimestamp(
atime),mtime:toUnixTimestamp(mtime)},cb)}utimes(path2,atime,mtime,cb){return this.setstat(path2,{atime:toUnixTimestamp(atime),mtime:toUnixTimestamp(mtime)},cb)}fchown(handle,uid,gid,cb){
return this.fsetstat(handle,{uid,gid},cb)}chown(path2,uid,gid,cb){return this.setstat(path2,{uid,gid},cb)}fchmod(handle,mode,cb){return this.fsetstat(handle,{mode},
cb)}chmod(path2,mode,cb){return this.setstat(path2,{mode},cb)}readlink(path2,cb){if(this.server)throw new Error("Client-only method called in server mode");let pathLen=Buffer.
byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.READLINK;let reqid=this._writeReqid=this._writeReqid+1&
MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),this._requests[reqid]={cb:(err,names2)=>{if(typeof cb=="func\
tion"){if(err)return cb(err);if(!names2||!names2.length)return cb(new Error("Response missing link info"));cb(void 0,names2[0].filename)}}};let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} READLINK`)}symlink(targetPath,linkPath,cb){if(this.server)throw new Error(
"Client-only method called in server mode");let linkLen=Buffer.byteLength(linkPath),targetLen=Buffer.byteLength(targetPath),p=9,buf=Buffer.allocUnsafe(13+linkLen+
4+targetLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.SYMLINK;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),this._isOpenSSH?
(writeUInt32BE(buf,targetLen,p),buf.utf8Write(targetPath,p+=4,targetLen),writeUInt32BE(buf,linkLen,p+=targetLen),buf.utf8Write(linkPath,p+=4,linkLen)):(writeUInt32BE(
buf,linkLen,p),buf.utf8Write(linkPath,p+=4,linkLen),writeUInt32BE(buf,targetLen,p+=linkLen),buf.utf8Write(targetPath,p+=4,targetLen)),this._requests[reqid]={cb};
let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} SYMLINK`)}realpath(path2,cb){if(this.server)throw new Error(
"Client-only method called in server mode");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(13+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=
REQUEST.REALPATH;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,pathLen,p),buf.utf8Write(path2,p+=4,pathLen),
this._requests[reqid]={cb:(err,names2)=>{if(typeof cb=="function"){if(err)return cb(err);if(!names2||!names2.length)return cb(new Error("Response missing path i\
nfo"));cb(void 0,names2[0].filename)}}};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} REALP\
ATH`)}ext_openssh_rename(oldPath,newPath,cb){if(this.server)throw new Error("Client-only method called in server mode");let ext=this._extensions["posix-rename@o\
penssh.com"];if(!ext||ext!=="1")throw new Error("Server does not support this extended request");let oldLen=Buffer.byteLength(oldPath),newLen=Buffer.byteLength(
newPath),p=9,buf=Buffer.allocUnsafe(41+oldLen+4+newLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this._writeReqid=this._writeReqid+1&
MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,24,p),buf.utf8Write("posix-rename@openssh.com",p+=4,24),writeUInt32BE(buf,oldLen,p+=24),buf.utf8Write(oldPath,
p+=4,oldLen),writeUInt32BE(buf,newLen,p+=oldLen),buf.utf8Write(newPath,p+=4,newLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);if(this._debug){
let which=isBuffered?"Buffered":"Sending";this._debug(`SFTP: Outbound: ${which} posix-rename@openssh.com`)}}ext_openssh_statvfs(path2,cb){if(this.server)throw new Error(
"Client-only method called in server mode");let ext=this._extensions["statvfs@openssh.com"];if(!ext||ext!=="2")throw new Error("Server does not support this ext\
ended request");let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(36+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,19,p),buf.utf8Write("statvfs@openssh.com",p+=4,19),writeUInt32BE(buf,pathLen,
p+=19),buf.utf8Write(path2,p+=4,pathLen),this._requests[reqid]={extended:"statvfs@openssh.com",cb};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let which=isBuffered?
"Buffered":"Sending";this._debug(`SFTP: Outbound: ${which} statvfs@openssh.com`)}}ext_openssh_fstatvfs(handle,cb){if(this.server)throw new Error("Client-only me\
thod called in server mode");let ext=this._extensions["fstatvfs@openssh.com"];if(!ext||ext!=="2")throw new Error("Server does not support this extended request");
if(!Buffer.isBuffer(handle))throw new Error("handle is not a Buffer");let handleLen=handle.length,p=9,buf=Buffer.allocUnsafe(37+handleLen);writeUInt32BE(buf,buf.
length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,20,p),buf.utf8Write("fs\
tatvfs@openssh.com",p+=4,20),writeUInt32BE(buf,handleLen,p+=20),buf.set(handle,p+=4),this._requests[reqid]={extended:"fstatvfs@openssh.com",cb};let isBuffered=sendOrBuffer(
this,buf);if(this._debug){let which=isBuffered?"Buffered":"Sending";this._debug(`SFTP: Outbound: ${which} fstatvfs@openssh.com`)}}ext_openssh_hardlink(oldPath,newPath,cb){
if(this.server)throw new Error("Client-only method called in server mode");if(this._extensions["hardlink@openssh.com"]!=="1")throw new Error("Server does not su\
pport this extended request");let oldLen=Buffer.byteLength(oldPath),newLen=Buffer.byteLength(newPath),p=9,buf=Buffer.allocUnsafe(37+oldLen+4+newLen);writeUInt32BE(
buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,20,p),buf.utf8Write(
"hardlink@openssh.com",p+=4,20),writeUInt32BE(buf,oldLen,p+=20),buf.utf8Write(oldPath,p+=4,oldLen),writeUInt32BE(buf,newLen,p+=oldLen),buf.utf8Write(newPath,p+=
4,newLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let which=isBuffered?"Buffered":"Sending";this._debug(`SFTP: Outbound\
: ${which} hardlink@openssh.com`)}}ext_openssh_fsync(handle,cb){if(this.server)throw new Error("Client-only method called in server mode");if(this._extensions["\
fsync@openssh.com"]!=="1")throw new Error("Server does not support this extended request");if(!Buffer.isBuffer(handle))throw new Error("handle is not a Buffer");
let handleLen=handle.length,p=9,buf=Buffer.allocUnsafe(34+handleLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this._writeReqid=this._writeReqid+
1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,17,p),buf.utf8Write("fsync@openssh.com",p+=4,17),writeUInt32BE(buf,handleLen,p+=17),buf.set(handle,p+=4),
this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} fsync@openssh.com`)}ext_openssh_lsetstat(path2,attrs,cb){
if(this.server)throw new Error("Client-only method called in server mode");if(this._extensions["lsetstat@openssh.com"]!=="1")throw new Error("Server does not su\
pport this extended request");let flags2=0,attrsLen=0;typeof attrs=="object"&&attrs!==null?(attrs=attrsToBytes(attrs),flags2=attrs.flags,attrsLen=attrs.nb):typeof attrs==
"function"&&(cb=attrs);let pathLen=Buffer.byteLength(path2),p=9,buf=Buffer.allocUnsafe(37+pathLen+4+attrsLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;
let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,20,p),buf.utf8Write("lsetstat@openssh.com",p+=4,20),writeUInt32BE(
buf,pathLen,p+=20),buf.utf8Write(path2,p+=4,pathLen),writeUInt32BE(buf,flags2,p+=pathLen),attrsLen&&(p+=4,attrsLen===ATTRS_BUF.length?buf.set(ATTRS_BUF,p):bufferCopy(
ATTRS_BUF,buf,0,attrsLen,p),p+=attrsLen),this._requests[reqid]={cb};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let status2=isBuffered?"Buffered":"Sen\
ding";this._debug(`SFTP: Outbound: ${status2} lsetstat@openssh.com`)}}ext_openssh_expandPath(path2,cb){if(this.server)throw new Error("Client-only method called\
 in server mode");if(this._extensions["expand-path@openssh.com"]!=="1")throw new Error("Server does not support this extended request");let pathLen=Buffer.byteLength(
path2),p=9,buf=Buffer.allocUnsafe(40+pathLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;
writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,23,p),buf.utf8Write("expand-path@openssh.com",p+=4,23),writeUInt32BE(buf,pathLen,p+=20),buf.utf8Write(path2,p+=4,pathLen),
this._requests[reqid]={cb:(err,names2)=>{if(typeof cb=="function"){if(err)return cb(err);if(!names2||!names2.length)return cb(new Error("Response missing expand\
ed path"));cb(void 0,names2[0].filename)}}};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let status2=isBuffered?"Buffered":"Sending";this._debug(`SFTP:\
 Outbound: ${status2} expand-path@openssh.com`)}}ext_copy_data(srcHandle,srcOffset,len,dstHandle,dstOffset,cb){if(this.server)throw new Error("Client-only metho\
d called in server mode");if(this._extensions["copy-data"]!=="1")throw new Error("Server does not support this extended request");if(!Buffer.isBuffer(srcHandle))
throw new Error("Source handle is not a Buffer");if(!Buffer.isBuffer(dstHandle))throw new Error("Destination handle is not a Buffer");let p=0,buf=Buffer.allocUnsafe(
26+srcHandle.length+8+8+4+dstHandle.length+8);writeUInt32BE(buf,buf.length-4,p),p+=4,buf[p]=REQUEST.EXTENDED,++p;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;
writeUInt32BE(buf,reqid,p),p+=4,writeUInt32BE(buf,9,p),p+=4,buf.utf8Write("copy-data",p,9),p+=9,writeUInt32BE(buf,srcHandle.length,p),p+=4,buf.set(srcHandle,p),
p+=srcHandle.length;for(let i=7;i>=0;--i)buf[p+i]=srcOffset&255,srcOffset/=256;p+=8;for(let i=7;i>=0;--i)buf[p+i]=len&255,len/=256;p+=8,writeUInt32BE(buf,dstHandle.
length,p),p+=4,buf.set(dstHandle,p),p+=dstHandle.length;for(let i=7;i>=0;--i)buf[p+i]=dstOffset&255,dstOffset/=256;this._requests[reqid]={cb};let isBuffered=sendOrBuffer(
this,buf);if(this._debug){let status2=isBuffered?"Buffered":"Sending";this._debug(`SFTP: Outbound: ${status2} copy-data`)}}ext_home_dir(username,cb){if(this.server)
throw new Error("Client-only method called in server mode");if(this._extensions["home-directory"]!=="1")throw new Error("Server does not support this extended r\
equest");if(typeof username!="string")throw new TypeError("username is not a string");let p=0,usernameLen=Buffer.byteLength(username),buf=Buffer.allocUnsafe(31+
usernameLen);writeUInt32BE(buf,buf.length-4,p),p+=4,buf[p]=REQUEST.EXTENDED,++p;let reqid=this._writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,
p),p+=4,writeUInt32BE(buf,14,p),p+=4,buf.utf8Write("home-directory",p,14),p+=14,writeUInt32BE(buf,usernameLen,p),p+=4,buf.utf8Write(username,p,usernameLen),p+=usernameLen,
this._requests[reqid]={cb:(err,names2)=>{if(typeof cb=="function"){if(err)return cb(err);if(!names2||!names2.length)return cb(new Error("Response missing home d\
irectory"));cb(void 0,names2[0].filename)}}};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let status2=isBuffered?"Buffered":"Sending";this._debug(`SFTP\
: Outbound: ${status2} home-directory`)}}ext_users_groups(uids,gids,cb){if(this.server)throw new Error("Client-only method called in server mode");if(this._extensions["\
users-groups-by-id@openssh.com"]!=="1")throw new Error("Server does not support this extended request");if(!Array.isArray(uids))throw new TypeError("uids is not\
 an array");for(let val of uids)if(!Number.isInteger(val)||val<0||val>2**32-1)throw new Error("uid values must all be 32-bit unsigned integers");if(!Array.isArray(
gids))throw new TypeError("gids is not an array");for(let val of gids)if(!Number.isInteger(val)||val<0||val>2**32-1)throw new Error("gid values must all be 32-b\
it unsigned integers");let p=0,buf=Buffer.allocUnsafe(47+4*uids.length+4+4*gids.length);writeUInt32BE(buf,buf.length-4,p),p+=4,buf[p]=REQUEST.EXTENDED,++p;let reqid=this.
_writeReqid=this._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,p),p+=4,writeUInt32BE(buf,30,p),p+=4,buf.utf8Write("users-groups-by-id@openssh.com",p,30),p+=30,
writeUInt32BE(buf,4*uids.length,p),p+=4;for(let val of uids)writeUInt32BE(buf,val,p),p+=4;writeUInt32BE(buf,4*gids.length,p),p+=4;for(let val of gids)writeUInt32BE(
buf,val,p),p+=4;this._requests[reqid]={extended:"users-groups-by-id@openssh.com",cb};let isBuffered=sendOrBuffer(this,buf);if(this._debug){let status2=isBuffered?
"Buffered":"Sending";this._debug(`SFTP: Outbound: ${status2} users-groups-by-id@openssh.com`)}}handle(reqid,handle){if(!this.server)throw new Error("Server-only\
 method called in client mode");if(!Buffer.isBuffer(handle))throw new Error("handle is not a Buffer");let handleLen=handle.length;if(handleLen>256)throw new Error(
"handle too large (> 256 bytes)");let p=9,buf=Buffer.allocUnsafe(13+handleLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=RESPONSE.HANDLE,writeUInt32BE(buf,reqid,
5),writeUInt32BE(buf,handleLen,p),handleLen&&buf.set(handle,p+=4);let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"\
Buffered":"Sending"} HANDLE`)}status(reqid,code,message){if(!this.server)throw new Error("Server-only method called in client mode");if(!VALID_STATUS_CODES.has(
code))throw new Error(`Bad status code: ${code}`);message||(message="");let msgLen=Buffer.byteLength(message),p=9,buf=Buffer.allocUnsafe(17+msgLen+4);writeUInt32BE(
buf,buf.length-4,0),buf[4]=RESPONSE.STATUS,writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,code,p),writeUInt32BE(buf,msgLen,p+=4),p+=4,msgLen&&(buf.utf8Write(message,
p,msgLen),p+=msgLen),writeUInt32BE(buf,0,p);let isBuffered=sendOrBuffer(this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} S\
TATUS`)}data(reqid,data,encoding){if(!this.server)throw new Error("Server-only method called in client mode");let isBuffer=Buffer.isBuffer(data);if(!isBuffer&&typeof data!=
"string")throw new Error("data is not a Buffer or string");let isUTF8;!isBuffer&&!encoding&&(encoding=void 0,isUTF8=!0);let dataLen=isBuffer?data.length:Buffer.
byteLength(data,encoding),p=9,buf=Buffer.allocUnsafe(13+dataLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=RESPONSE.DATA,writeUInt32BE(buf,reqid,5),writeUInt32BE(
buf,dataLen,p),dataLen&&(isBuffer?buf.set(data,p+=4):isUTF8?buf.utf8Write(data,p+=4,dataLen):buf.write(data,p+=4,dataLen,encoding));let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} DATA`)}name(reqid,names2){if(!this.server)throw new Error("Server-only me\
thod called in client mode");if(!Array.isArray(names2)){if(typeof names2!="object"||names2===null)throw new Error("names is not an object or array");names2=[names2]}
let count=names2.length,namesLen=0,nameAttrs,attrs=[];for(let i=0;i<count;++i){let name=names2[i],filename=!name||!name.filename||typeof name.filename!="string"?
"":name.filename;namesLen+=4+Buffer.byteLength(filename);let longname=!name||!name.longname||typeof name.longname!="string"?"":name.longname;if(namesLen+=4+Buffer.
byteLength(longname),typeof name.attrs=="object"&&name.attrs!==null){if(nameAttrs=attrsToBytes(name.attrs),namesLen+=4+nameAttrs.nb,nameAttrs.nb){let bytes;nameAttrs.
nb===ATTRS_BUF.length?bytes=new Uint8Array(ATTRS_BUF):(bytes=new Uint8Array(nameAttrs.nb),bufferCopy(ATTRS_BUF,bytes,0,nameAttrs.nb,0)),nameAttrs.bytes=bytes}attrs.
push(nameAttrs)}else namesLen+=4,attrs.push(null)}let p=9,buf=Buffer.allocUnsafe(13+namesLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=RESPONSE.NAME,writeUInt32BE(
buf,reqid,5),writeUInt32BE(buf,count,p),p+=4;for(let i=0;i<count;++i){let name=names2[i];{let filename=!name||!name.filename||typeof name.filename!="string"?"":
name.filename,len=Buffer.byteLength(filename);writeUInt32BE(buf,len,p),p+=4,len&&(buf.utf8Write(filename,p,len),p+=len)}{let longname=!name||!name.longname||typeof name.
longname!="string"?"":name.longname,len=Buffer.byteLength(longname);writeUInt32BE(buf,len,p),p+=4,len&&(buf.utf8Write(longname,p,len),p+=len)}let attr=attrs[i];
attr?(writeUInt32BE(buf,attr.flags,p),p+=4,attr.flags&&attr.bytes&&(buf.set(attr.bytes,p),p+=attr.nb)):(writeUInt32BE(buf,0,p),p+=4)}let isBuffered=sendOrBuffer(
this,buf);this._debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} NAME`)}attrs(reqid,attrs){if(!this.server)throw new Error("Server-only me\
thod called in client mode");if(typeof attrs!="object"||attrs===null)throw new Error("attrs is not an object");attrs=attrsToBytes(attrs);let flags2=attrs.flags,
attrsLen=attrs.nb,p=9,buf=Buffer.allocUnsafe(13+attrsLen);writeUInt32BE(buf,buf.length-4,0),buf[4]=RESPONSE.ATTRS,writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,flags2,
p),attrsLen&&(p+=4,attrsLen===ATTRS_BUF.length?buf.set(ATTRS_BUF,p):bufferCopy(ATTRS_BUF,buf,0,attrsLen,p),p+=attrsLen);let isBuffered=sendOrBuffer(this,buf);this.
_debug&&this._debug(`SFTP: Outbound: ${isBuffered?"Buffered":"Sending"} ATTRS`)}};function tryCreateBuffer(size){try{return Buffer.allocUnsafe(size)}catch(ex){return ex}}
function read_(self,handle,buf,off,len,position,cb,req_){let maxDataLen=self._maxReadLen,overflow=Math.max(len-maxDataLen,0);overflow&&(len=maxDataLen);let handleLen=handle.
length,p=9,pos=position,out=Buffer.allocUnsafe(13+handleLen+8+4);writeUInt32BE(out,out.length-4,0),out[4]=REQUEST.READ;let reqid=self._writeReqid=self._writeReqid+
1&MAX_REQID;writeUInt32BE(out,reqid,5),writeUInt32BE(out,handleLen,p),out.set(handle,p+=4),p+=handleLen;for(let i=7;i>=0;--i)out[p+i]=pos&255,pos/=256;writeUInt32BE(
out,len,p+=8),typeof cb!="function"&&(cb=noop);let req=req_||{nb:0,position,off,origOff:off,len:void 0,overflow:void 0,cb:(err,data,nb)=>{let len2=req.len,overflow2=req.
overflow;if(err){if(cb._wantEOFError||err.code!==STATUS_CODE.EOF)return cb(err)}else{if(nb>len2)return cb(new Error("Received more data than requested"));if(nb===
len2&&overflow2){req.nb+=nb,req.position+=nb,req.off+=nb,read_(self,handle,buf,req.off,overflow2,req.position,cb,req);return}}nb=nb||0,req.origOff===0&&buf.length===
req.nb?data=buf:data=bufferSlice(buf,req.origOff,req.origOff+req.nb+nb),cb(void 0,req.nb+nb,data,req.position)},buffer:void 0};req.len=len,req.overflow=overflow,
req.buffer=bufferSlice(buf,off,off+len),self._requests[reqid]=req;let isBuffered=sendOrBuffer(self,out);self._debug&&self._debug(`SFTP: Outbound: ${isBuffered?"\
Buffered":"Sending"} READ`)}function fastXfer(src,dst,srcPath,dstPath,opts,cb){let concurrency=64,chunkSize=32768,onstep,mode,fileSize;typeof opts=="function"?cb=
opts:typeof opts=="object"&&opts!==null&&(typeof opts.concurrency=="number"&&opts.concurrency>0&&!isNaN(opts.concurrency)&&(concurrency=opts.concurrency),typeof opts.
chunkSize=="number"&&opts.chunkSize>0&&!isNaN(opts.chunkSize)&&(chunkSize=opts.chunkSize),typeof opts.fileSize=="number"&&opts.fileSize>0&&!isNaN(opts.fileSize)&&
(fileSize=opts.fileSize),typeof opts.step=="function"&&(onstep=opts.step),(typeof opts.mode=="string"||typeof opts.mode=="number")&&(mode=modeNum(opts.mode)));let fsize,
pdst=0,total=0,hadError=!1,srcHandle,dstHandle,readbuf,bufsize=chunkSize*concurrency;function onerror(err){if(hadError)return;hadError=!0;let left=0,cbfinal;srcHandle||
dstHandle?(cbfinal=()=>{--left===0&&cb(err)},srcHandle&&(src===fs||src.outgoing.state==="open")&&++left,dstHandle&&(dst===fs||dst.outgoing.state==="open")&&++left,
srcHandle&&(src===fs||src.outgoing.state==="open")&&src.close(srcHandle,cbfinal),dstHandle&&(dst===fs||dst.outgoing.state==="open")&&dst.close(dstHandle,cbfinal)):
cb(err)}src.open(srcPath,"r",(err,sourceHandle)=>{if(err)return onerror(err);srcHandle=sourceHandle,fileSize===void 0?src.fstat(srcHandle,tryStat):tryStat(null,
{size:fileSize});function tryStat(err2,attrs){if(err2){if(src!==fs){src.stat(srcPath,(err_,attrs_)=>{if(err_)return onerror(err2);tryStat(null,attrs_)});return}
return onerror(err2)}fsize=attrs.size,dst.open(dstPath,"w",(err3,destHandle)=>{if(err3)return onerror(err3);if(dstHandle=destHandle,fsize<=0)return onerror();for(;bufsize>
fsize;){if(concurrency===1){bufsize=fsize;break}bufsize-=chunkSize,--concurrency}if(readbuf=tryCreateBuffer(bufsize),readbuf instanceof Error)return onerror(readbuf);
mode!==void 0?dst.fchmod(dstHandle,mode,function tryAgain(err4){if(err4){dst.chmod(dstPath,mode,err_=>tryAgain());return}startReads()}):startReads();function onread(err4,nb,data,dstpos,datapos,origChunkLen){
if(err4)return onerror(err4);datapos=datapos||0,dst.write(dstHandle,readbuf,datapos,nb,dstpos,writeCb);function writeCb(err5){if(err5)return onerror(err5);if(total+=
nb,onstep&&onstep(total,nb,fsize),nb<origChunkLen)return singleRead(datapos,dstpos+nb,origChunkLen-nb);if(total===fsize){dst.close(dstHandle,err6=>{if(dstHandle=
void 0,err6)return onerror(err6);src.close(srcHandle,err7=>{if(srcHandle=void 0,err7)return onerror(err7);cb()})});return}if(pdst>=fsize)return;let chunk=pdst+chunkSize>
fsize?fsize-pdst:chunkSize;singleRead(datapos,pdst,chunk),pdst+=chunk}}function makeCb(psrc,pdst2,chunk){return(err4,nb,data)=>{onread(err4,nb,data,pdst2,psrc,chunk)}}
function singleRead(psrc,pdst2,chunk){src.read(srcHandle,readbuf,psrc,chunk,pdst2,makeCb(psrc,pdst2,chunk))}function startReads(){let reads=0,psrc=0;for(;pdst<fsize&&
reads<concurrency;){let chunk=pdst+chunkSize>fsize?fsize-pdst:chunkSize;singleRead(psrc,pdst,chunk),psrc+=chunk,pdst+=chunk,++reads}}})}})}function writeAll(sftp,handle,buffer,offset,length,position,callback_){
let callback=typeof callback_=="function"?callback_:void 0;sftp.write(handle,buffer,offset,length,position,(writeErr,written)=>{if(writeErr)return sftp.close(handle,
()=>{callback&&callback(writeErr)});written===length?sftp.close(handle,callback):(offset+=written,length-=written,position+=written,writeAll(sftp,handle,buffer,
offset,length,position,callback))})}var Stats=class{constructor(initial){this.mode=initial&&initial.mode,this.uid=initial&&initial.uid,this.gid=initial&&initial.
gid,this.size=initial&&initial.size,this.atime=initial&&initial.atime,this.mtime=initial&&initial.mtime,this.extended=initial&&initial.extended}isDirectory(){return(this.
mode&constants3.S_IFMT)===constants3.S_IFDIR}isFile(){return(this.mode&constants3.S_IFMT)===constants3.S_IFREG}isBlockDevice(){return(this.mode&constants3.S_IFMT)===
constants3.S_IFBLK}isCharacterDevice(){return(this.mode&constants3.S_IFMT)===constants3.S_IFCHR}isSymbolicLink(){return(this.mode&constants3.S_IFMT)===constants3.
S_IFLNK}isFIFO(){return(this.mode&constants3.S_IFMT)===constants3.S_IFIFO}isSocket(){return(this.mode&constants3.S_IFMT)===constants3.S_IFSOCK}};function attrsToBytes(attrs){
let flags2=0,nb=0;if(typeof attrs=="object"&&attrs!==null){if(typeof attrs.size=="number"){flags2|=ATTR.SIZE;let val=attrs.size;ATTRS_BUF[nb++]=val/72057594037927940,
ATTRS_BUF[nb++]=val/281474976710656,ATTRS_BUF[nb++]=val/1099511627776,ATTRS_BUF[nb++]=val/4294967296,ATTRS_BUF[nb++]=val/16777216,ATTRS_BUF[nb++]=val/65536,ATTRS_BUF[nb++]=
val/256,ATTRS_BUF[nb++]=val}if(typeof attrs.uid=="number"&&typeof attrs.gid=="number"){flags2|=ATTR.UIDGID;let uid=attrs.uid,gid=attrs.gid;ATTRS_BUF[nb++]=uid>>>
24,ATTRS_BUF[nb++]=uid>>>16,ATTRS_BUF[nb++]=uid>>>8,ATTRS_BUF[nb++]=uid,ATTRS_BUF[nb++]=gid>>>24,ATTRS_BUF[nb++]=gid>>>16,ATTRS_BUF[nb++]=gid>>>8,ATTRS_BUF[nb++]=
gid}if(typeof attrs.mode=="number"||typeof attrs.mode=="string"){let mode=modeNum(attrs.mode);flags2|=ATTR.PERMISSIONS,ATTRS_BUF[nb++]=mode>>>24,ATTRS_BUF[nb++]=
mode>>>16,ATTRS_BUF[nb++]=mode>>>8,ATTRS_BUF[nb++]=mode}if((typeof attrs.atime=="number"||isDate(attrs.atime))&&(typeof attrs.mtime=="number"||isDate(attrs.mtime))){
let atime=toUnixTimestamp(attrs.atime),mtime=toUnixTimestamp(attrs.mtime);flags2|=ATTR.ACMODTIME,ATTRS_BUF[nb++]=atime>>>24,ATTRS_BUF[nb++]=atime>>>16,ATTRS_BUF[nb++]=
atime>>>8,ATTRS_BUF[nb++]=atime,ATTRS_BUF[nb++]=mtime>>>24,ATTRS_BUF[nb++]=mtime>>>16,ATTRS_BUF[nb++]=mtime>>>8,ATTRS_BUF[nb++]=mtime}}return{flags:flags2,nb}}function toUnixTimestamp(time){
if(typeof time=="number"&&time===time)return time;if(isDate(time))return parseInt(time.getTime()/1e3,10);throw new Error(`Cannot parse time: ${time}`)}function modeNum(mode){
if(typeof mode=="number"&&mode===mode)return mode;if(typeof mode=="string")return modeNum(parseInt(mode,8));throw new Error(`Cannot parse mode: ${mode}`)}var stringFlagMap={
r:OPEN_MODE.READ,"r+":OPEN_MODE.READ|OPEN_MODE.WRITE,w:OPEN_MODE.TRUNC|OPEN_MODE.CREAT|OPEN_MODE.WRITE,wx:OPEN_MODE.TRUNC|OPEN_MODE.CREAT|OPEN_MODE.WRITE|OPEN_MODE.
EXCL,xw:OPEN_MODE.TRUNC|OPEN_MODE.CREAT|OPEN_MODE.WRITE|OPEN_MODE.EXCL,"w+":OPEN_MODE.TRUNC|OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE,"wx+":OPEN_MODE.TRUNC|
OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE|OPEN_MODE.EXCL,"xw+":OPEN_MODE.TRUNC|OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE|OPEN_MODE.EXCL,a:OPEN_MODE.APPEND|
OPEN_MODE.CREAT|OPEN_MODE.WRITE,ax:OPEN_MODE.APPEND|OPEN_MODE.CREAT|OPEN_MODE.WRITE|OPEN_MODE.EXCL,xa:OPEN_MODE.APPEND|OPEN_MODE.CREAT|OPEN_MODE.WRITE|OPEN_MODE.
EXCL,"a+":OPEN_MODE.APPEND|OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE,"ax+":OPEN_MODE.APPEND|OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE|OPEN_MODE.EXCL,"\
xa+":OPEN_MODE.APPEND|OPEN_MODE.CREAT|OPEN_MODE.READ|OPEN_MODE.WRITE|OPEN_MODE.EXCL};function stringToFlags(str){let flags2=stringFlagMap[str];return flags2!==void 0?
flags2:null}var flagsToString=(()=>{let stringFlagMapKeys=Object.keys(stringFlagMap);return flags2=>{for(let i=0;i<stringFlagMapKeys.length;++i){let key=stringFlagMapKeys[i];
if(stringFlagMap[key]===flags2)return key}return null}})();function readAttrs(biOpt){let flags2=bufferParser.readUInt32BE();if(flags2===void 0)return;let attrs=new Stats;
if(flags2&ATTR.SIZE){let size=bufferParser.readUInt64BE(biOpt);if(size===void 0)return;attrs.size=size}if(flags2&ATTR.UIDGID){let uid=bufferParser.readUInt32BE(),
gid=bufferParser.readUInt32BE();if(gid===void 0)return;attrs.uid=uid,attrs.gid=gid}if(flags2&ATTR.PERMISSIONS){let mode=bufferParser.readUInt32BE();if(mode===void 0)
return;attrs.mode=mode}if(flags2&ATTR.ACMODTIME){let atime=bufferParser.readUInt32BE(),mtime=bufferParser.readUInt32BE();if(mtime===void 0)return;attrs.atime=atime,
attrs.mtime=mtime}if(flags2&ATTR.EXTENDED){let count=bufferParser.readUInt32BE();if(count===void 0)return;let extended2={};for(let i=0;i<count;++i){let type=bufferParser.
readString(!0),data=bufferParser.readString();if(data===void 0)return;extended2[type]=data}attrs.extended=extended2}return attrs}function sendOrBuffer(sftp,payload){
let ret=tryWritePayload(sftp,payload);return ret!==void 0?(sftp._buffer.push(ret),!1):!0}function tryWritePayload(sftp,payload){let outgoing=sftp.outgoing;if(outgoing.
state!=="open")return;if(outgoing.window===0)return sftp._waitWindow=!0,sftp._chunkcb=drainBuffer,payload;let ret,len=payload.length,p=0;for(;len-p>0&&outgoing.
window>0;){let actualLen=Math.min(len-p,outgoing.window,outgoing.packetSize);outgoing.window-=actualLen,outgoing.window===0&&(sftp._waitWindow=!0,sftp._chunkcb=
drainBuffer),p===0&&actualLen===len?sftp._protocol.channelData(sftp.outgoing.id,payload):sftp._protocol.channelData(sftp.outgoing.id,bufferSlice(payload,p,p+actualLen)),
p+=actualLen}return len-p>0&&(p>0?ret=bufferSlice(payload,p,len):ret=payload),ret}function drainBuffer(){this._chunkcb=void 0;let buffer=this._buffer,i=0;for(;i<
buffer.length;){let payload=buffer[i],ret=tryWritePayload(this,payload);if(ret!==void 0){ret!==payload&&(buffer[i]=ret),i>0&&(this._buffer=buffer.slice(i));return}
++i}i>0&&(this._buffer=[])}function doFatalSFTPError(sftp,msg,noDebug){let err=new Error(msg);return err.level="sftp-protocol",!noDebug&&sftp._debug&&sftp._debug(
`SFTP: Inbound: ${msg}`),sftp.emit("error",err),sftp.destroy(),cleanupRequests(sftp),!1}function cleanupRequests(sftp){let keys=Object.keys(sftp._requests);if(keys.
length===0)return;let reqs=sftp._requests;sftp._requests={};let err=new Error("No response from server");for(let i=0;i<keys.length;++i){let req=reqs[keys[i]];typeof req.
cb=="function"&&req.cb(err)}}function requestLimits(sftp,cb){let p=9,buf=Buffer.allocUnsafe(31);writeUInt32BE(buf,buf.length-4,0),buf[4]=REQUEST.EXTENDED;let reqid=sftp.
_writeReqid=sftp._writeReqid+1&MAX_REQID;writeUInt32BE(buf,reqid,5),writeUInt32BE(buf,18,p),buf.utf8Write("limits@openssh.com",p+=4,18),sftp._requests[reqid]={extended:"\
limits@openssh.com",cb};let isBuffered=sendOrBuffer(sftp,buf);if(sftp._debug){let which=isBuffered?"Buffered":"Sending";sftp._debug(`SFTP: Outbound: ${which} li\
mits@openssh.com`)}}var CLIENT_HANDLERS={[RESPONSE.VERSION]:(sftp,payload)=>{if(sftp._version!==-1)return doFatalSFTPError(sftp,"Duplicate VERSION packet");let extensions2={};
bufferParser.init(payload,1);let version2=bufferParser.readUInt32BE();for(;bufferParser.avail();){let extName=bufferParser.readString(!0),extData=bufferParser.readString(
!0);if(extData===void 0){version2=void 0;break}extensions2[extName]=extData}if(bufferParser.clear(),version2===void 0)return doFatalSFTPError(sftp,"Malformed VE\
RSION packet");if(sftp._debug){let names2=Object.keys(extensions2);names2.length?sftp._debug(`SFTP: Inbound: Received VERSION (v${version2}, exts:${names2})`):sftp.
_debug(`SFTP: Inbound: Received VERSION (v${version2})`)}if(sftp._version=version2,sftp._extensions=extensions2,extensions2["limits@openssh.com"]==="1")return requestLimits(
sftp,(err,limits2)=>{err||(limits2.maxPktLen>0&&(sftp._maxOutPktLen=limits2.maxPktLen),limits2.maxReadLen>0&&(sftp._maxReadLen=limits2.maxReadLen),limits2.maxWriteLen>
0&&(sftp._maxWriteLen=limits2.maxWriteLen),sftp.maxOpenHandles=limits2.maxOpenHandles>0?limits2.maxOpenHandles:1/0),sftp.emit("ready")});sftp.emit("ready")},[RESPONSE.
STATUS]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),errorCode=bufferParser.readUInt32BE(),errorMsg=bufferParser.readString(
!0);if(bufferParser.clear(),sftp._debug){let jsonMsg=JSON.stringify(errorMsg);sftp._debug(`SFTP: Inbound: Received STATUS (id:${reqID}, ${errorCode}, ${jsonMsg}\
)`)}let req=sftp._requests[reqID];if(delete sftp._requests[reqID],req&&typeof req.cb=="function"){if(errorCode===STATUS_CODE.OK){req.cb();return}let err=new Error(
errorMsg||STATUS_CODE_STR[errorCode]||"Unknown status");err.code=errorCode,req.cb(err)}},[RESPONSE.HANDLE]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),handle=bufferParser.readString();if(bufferParser.clear(),handle===void 0)return reqID!==void 0&&delete sftp._requests[reqID],doFatalSFTPError(sftp,
"Malformed HANDLE packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received HANDLE (id:${reqID})`);let req=sftp._requests[reqID];delete sftp._requests[reqID],req&&
typeof req.cb=="function"&&req.cb(void 0,handle)},[RESPONSE.DATA]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),req;if(reqID!==
void 0&&(req=sftp._requests[reqID],delete sftp._requests[reqID]),req&&typeof req.cb=="function")if(req.buffer){let nb=bufferParser.readString(req.buffer);if(bufferParser.
clear(),nb!==void 0){sftp._debug&&sftp._debug(`SFTP: Inbound: Received DATA (id:${reqID}, ${nb})`),req.cb(void 0,req.buffer,nb);return}}else{let data=bufferParser.
readString();if(bufferParser.clear(),data!==void 0){sftp._debug&&sftp._debug(`SFTP: Inbound: Received DATA (id:${reqID}, ${data.length})`),req.cb(void 0,data);return}}else{
let nb=bufferParser.skipString();if(bufferParser.clear(),nb!==void 0){sftp._debug&&sftp._debug(`SFTP: Inbound: Received DATA (id:${reqID}, ${nb})`);return}}return doFatalSFTPError(
sftp,"Malformed DATA packet")},[RESPONSE.NAME]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),req;reqID!==void 0&&(req=sftp.
_requests[reqID],delete sftp._requests[reqID]);let count=bufferParser.readUInt32BE();if(count!==void 0){let names2=[];for(let i=0;i<count;++i){let filename=bufferParser.
readString(!0),longname=bufferParser.readString(!0),attrs=readAttrs(sftp._biOpt);if(attrs===void 0){names2=void 0;break}names2.push({filename,longname,attrs})}if(names2!==
void 0){sftp._debug&&sftp._debug(`SFTP: Inbound: Received NAME (id:${reqID}, ${names2.length})`),bufferParser.clear(),req&&typeof req.cb=="function"&&req.cb(void 0,
names2);return}}return bufferParser.clear(),doFatalSFTPError(sftp,"Malformed NAME packet")},[RESPONSE.ATTRS]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),req;reqID!==void 0&&(req=sftp._requests[reqID],delete sftp._requests[reqID]);let attrs=readAttrs(sftp._biOpt);if(bufferParser.clear(),attrs!==void 0){
sftp._debug&&sftp._debug(`SFTP: Inbound: Received ATTRS (id:${reqID})`),req&&typeof req.cb=="function"&&req.cb(void 0,attrs);return}return doFatalSFTPError(sftp,
"Malformed ATTRS packet")},[RESPONSE.EXTENDED]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE();if(reqID!==void 0){let req=sftp.
_requests[reqID];if(req)switch(delete sftp._requests[reqID],req.extended){case"statvfs@openssh.com":case"fstatvfs@openssh.com":{let biOpt=sftp._biOpt,stats={f_bsize:bufferParser.
readUInt64BE(biOpt),f_frsize:bufferParser.readUInt64BE(biOpt),f_blocks:bufferParser.readUInt64BE(biOpt),f_bfree:bufferParser.readUInt64BE(biOpt),f_bavail:bufferParser.
readUInt64BE(biOpt),f_files:bufferParser.readUInt64BE(biOpt),f_ffree:bufferParser.readUInt64BE(biOpt),f_favail:bufferParser.readUInt64BE(biOpt),f_sid:bufferParser.
readUInt64BE(biOpt),f_flag:bufferParser.readUInt64BE(biOpt),f_namemax:bufferParser.readUInt64BE(biOpt)};if(stats.f_namemax===void 0)break;sftp._debug&&sftp._debug(
`SFTP: Inbound: Received EXTENDED_REPLY (id:${reqID}, ${req.extended})`),bufferParser.clear(),typeof req.cb=="function"&&req.cb(void 0,stats);return}case"limits\
@openssh.com":{let limits2={maxPktLen:bufferParser.readUInt64BE(),maxReadLen:bufferParser.readUInt64BE(),maxWriteLen:bufferParser.readUInt64BE(),maxOpenHandles:bufferParser.
readUInt64BE()};if(limits2.maxOpenHandles===void 0)break;sftp._debug&&sftp._debug(`SFTP: Inbound: Received EXTENDED_REPLY (id:${reqID}, ${req.extended})`),bufferParser.
clear(),typeof req.cb=="function"&&req.cb(void 0,limits2);return}case"users-groups-by-id@openssh.com":{let usernameCount=bufferParser.readUInt32BE();if(usernameCount===
void 0)break;let usernames=new Array(usernameCount);for(let i=0;i<usernames.length;++i)usernames[i]=bufferParser.readString(!0);let groupnameCount=bufferParser.
readUInt32BE();if(groupnameCount===void 0)break;let groupnames=new Array(groupnameCount);for(let i=0;i<groupnames.length;++i)groupnames[i]=bufferParser.readString(
!0);if(groupnames.length>0&&groupnames[groupnames.length-1]===void 0)break;sftp._debug&&sftp._debug(`SFTP: Inbound: Received EXTENDED_REPLY (id:${reqID}, ${req.
extended})`),bufferParser.clear(),typeof req.cb=="function"&&req.cb(void 0,usernames,groupnames);return}default:sftp._debug&&sftp._debug(`SFTP: Inbound: Receive\
d EXTENDED_REPLY (id:${reqID}, ???)`),bufferParser.clear(),typeof req.cb=="function"&&req.cb();return}else{sftp._debug&&sftp._debug(`SFTP: Inbound: Received EXT\
ENDED_REPLY (id:${reqID}, ???)`),bufferParser.clear();return}}return bufferParser.clear(),doFatalSFTPError(sftp,"Malformed EXTENDED_REPLY packet")}},SERVER_HANDLERS={
[REQUEST.INIT]:(sftp,payload)=>{if(sftp._version!==-1)return doFatalSFTPError(sftp,"Duplicate INIT packet");let extensions2={};bufferParser.init(payload,1);let version2=bufferParser.
readUInt32BE();for(;bufferParser.avail();){let extName=bufferParser.readString(!0),extData=bufferParser.readString(!0);if(extData===void 0){version2=void 0;break}
extensions2[extName]=extData}if(bufferParser.clear(),version2===void 0)return doFatalSFTPError(sftp,"Malformed INIT packet");if(sftp._debug){let names2=Object.keys(
extensions2);names2.length?sftp._debug(`SFTP: Inbound: Received INIT (v${version2}, exts:${names2})`):sftp._debug(`SFTP: Inbound: Received INIT (v${version2})`)}
sendOrBuffer(sftp,SERVER_VERSION_BUFFER),sftp._version=version2,sftp._extensions=extensions2,sftp.emit("ready")},[REQUEST.OPEN]:(sftp,payload)=>{bufferParser.init(
payload,1);let reqID=bufferParser.readUInt32BE(),filename=bufferParser.readString(!0),pflags=bufferParser.readUInt32BE(),attrs=readAttrs(sftp._biOpt);if(bufferParser.
clear(),attrs===void 0)return doFatalSFTPError(sftp,"Malformed OPEN packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received OPEN (id:${reqID})`),sftp.emit("O\
PEN",reqID,filename,pflags,attrs)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.CLOSE]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),handle=bufferParser.readString();if(bufferParser.clear(),handle===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed CLOSE packet");
sftp._debug&&sftp._debug(`SFTP: Inbound: Received CLOSE (id:${reqID})`),sftp.emit("CLOSE",reqID,handle)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.
READ]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),handle=bufferParser.readString(),offset=bufferParser.readUInt64BE(sftp.
_biOpt),len=bufferParser.readUInt32BE();if(bufferParser.clear(),len===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed READ packet");sftp._debug&&
sftp._debug(`SFTP: Inbound: Received READ (id:${reqID})`),sftp.emit("READ",reqID,handle,offset,len)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.WRITE]:(sftp,payload)=>{
bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),handle=bufferParser.readString(),offset=bufferParser.readUInt64BE(sftp._biOpt),data=bufferParser.
readString();if(bufferParser.clear(),data===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed WRITE packet");sftp._debug&&sftp._debug(`SFTP: Inb\
ound: Received WRITE (id:${reqID})`),sftp.emit("WRITE",reqID,handle,offset,data)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.LSTAT]:(sftp,payload)=>{
bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(
sftp,"Malformed LSTAT packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received LSTAT (id:${reqID})`),sftp.emit("LSTAT",reqID,path2)||sftp.status(reqID,STATUS_CODE.
OP_UNSUPPORTED)},[REQUEST.FSTAT]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),handle=bufferParser.readString();if(bufferParser.
clear(),handle===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed FSTAT packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received FSTAT (id:${reqID}\
)`),sftp.emit("FSTAT",reqID,handle)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.SETSTAT]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),path2=bufferParser.readString(!0),attrs=readAttrs(sftp._biOpt);if(bufferParser.clear(),attrs===void 0)return doFatalSFTPError(sftp,"Malformed SET\
STAT packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received SETSTAT (id:${reqID})`),sftp.emit("SETSTAT",reqID,path2,attrs)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},
[REQUEST.FSETSTAT]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),handle=bufferParser.readString(),attrs=readAttrs(sftp._biOpt);
if(bufferParser.clear(),attrs===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed FSETSTAT packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Rec\
eived FSETSTAT (id:${reqID})`),sftp.emit("FSETSTAT",reqID,handle,attrs)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.OPENDIR]:(sftp,payload)=>{bufferParser.
init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(sftp,"Mal\
formed OPENDIR packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received OPENDIR (id:${reqID})`),sftp.emit("OPENDIR",reqID,path2)||sftp.status(reqID,STATUS_CODE.
OP_UNSUPPORTED)},[REQUEST.READDIR]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),handle=bufferParser.readString();if(bufferParser.
clear(),handle===void 0||handle.length>256)return doFatalSFTPError(sftp,"Malformed READDIR packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received READDIR (i\
d:${reqID})`),sftp.emit("READDIR",reqID,handle)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.REMOVE]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(sftp,"Malformed REMOVE packet");sftp._debug&&sftp.
_debug(`SFTP: Inbound: Received REMOVE (id:${reqID})`),sftp.emit("REMOVE",reqID,path2)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.MKDIR]:(sftp,payload)=>{
bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0),attrs=readAttrs(sftp._biOpt);if(bufferParser.clear(),attrs===
void 0)return doFatalSFTPError(sftp,"Malformed MKDIR packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received MKDIR (id:${reqID})`),sftp.emit("MKDIR",reqID,path2,
attrs)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.RMDIR]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.
readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(sftp,"Malformed RMDIR packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received R\
MDIR (id:${reqID})`),sftp.emit("RMDIR",reqID,path2)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.REALPATH]:(sftp,payload)=>{bufferParser.init(payload,
1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(sftp,"Malformed REALPA\
TH packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received REALPATH (id:${reqID})`),sftp.emit("REALPATH",reqID,path2)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},
[REQUEST.STAT]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===
void 0)return doFatalSFTPError(sftp,"Malformed STAT packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received STAT (id:${reqID})`),sftp.emit("STAT",reqID,path2)||
sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.RENAME]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),oldPath=bufferParser.
readString(!0),newPath=bufferParser.readString(!0);if(bufferParser.clear(),newPath===void 0)return doFatalSFTPError(sftp,"Malformed RENAME packet");sftp._debug&&
sftp._debug(`SFTP: Inbound: Received RENAME (id:${reqID})`),sftp.emit("RENAME",reqID,oldPath,newPath)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.READLINK]:(sftp,payload)=>{
bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),path2=bufferParser.readString(!0);if(bufferParser.clear(),path2===void 0)return doFatalSFTPError(
sftp,"Malformed READLINK packet");sftp._debug&&sftp._debug(`SFTP: Inbound: Received READLINK (id:${reqID})`),sftp.emit("READLINK",reqID,path2)||sftp.status(reqID,
STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.SYMLINK]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.readUInt32BE(),linkPath=bufferParser.readString(
!0),targetPath=bufferParser.readString(!0);if(bufferParser.clear(),targetPath===void 0)return doFatalSFTPError(sftp,"Malformed SYMLINK packet");sftp._debug&&sftp.
_debug(`SFTP: Inbound: Received SYMLINK (id:${reqID})`);let handled;sftp._isOpenSSH?handled=sftp.emit("SYMLINK",reqID,targetPath,linkPath):handled=sftp.emit("SY\
MLINK",reqID,linkPath,targetPath),handled||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)},[REQUEST.EXTENDED]:(sftp,payload)=>{bufferParser.init(payload,1);let reqID=bufferParser.
readUInt32BE(),extName=bufferParser.readString(!0);if(extName===void 0)return bufferParser.clear(),doFatalSFTPError(sftp,"Malformed EXTENDED packet");let extData;
bufferParser.avail()&&(extData=bufferParser.readRaw()),bufferParser.clear(),sftp._debug&&sftp._debug(`SFTP: Inbound: Received EXTENDED (id:${reqID})`),sftp.emit(
"EXTENDED",reqID,extName,extData)||sftp.status(reqID,STATUS_CODE.OP_UNSUPPORTED)}},{ERR_INVALID_ARG_TYPE,ERR_OUT_OF_RANGE,validateNumber}=require_node_fs_compat(),
kMinPoolSpace=128,pool,poolFragments=[];function allocNewPool(poolSize){poolFragments.length>0?pool=poolFragments.pop():pool=Buffer.allocUnsafe(poolSize),pool.used=
0}function checkPosition(pos,name){if(!Number.isSafeInteger(pos))throw validateNumber(pos,name),Number.isInteger(pos)?new ERR_OUT_OF_RANGE(name,">= 0 and <= 2 *\
* 53 - 1",pos):new ERR_OUT_OF_RANGE(name,"an integer",pos);if(pos<0)throw new ERR_OUT_OF_RANGE(name,">= 0 and <= 2 ** 53 - 1",pos)}function roundUpToMultipleOf8(n){
return n+7&-8}function ReadStream2(sftp,path2,options){if(options===void 0)options={};else if(typeof options=="string")options={encoding:options};else{if(options===
null||typeof options!="object")throw new TypeError('"options" argument must be a string or an object');options=Object.create(options)}if(options.highWaterMark===
void 0&&(options.highWaterMark=64*1024),options.emitClose=!1,options.autoDestroy=!1,ReadableStream.call(this,options),this.path=path2,this.flags=options.flags===
void 0?"r":options.flags,this.mode=options.mode===void 0?438:options.mode,this.start=options.start,this.end=options.end,this.autoClose=options.autoClose===void 0?
!0:options.autoClose,this.pos=0,this.bytesRead=0,this.isClosed=!1,this.handle=options.handle===void 0?null:options.handle,this.sftp=sftp,this._opening=!1,this.start!==
void 0&&(checkPosition(this.start,"start"),this.pos=this.start),this.end===void 0)this.end=1/0;else if(this.end!==1/0&&(checkPosition(this.end,"end"),this.start!==
void 0&&this.start>this.end))throw new ERR_OUT_OF_RANGE("start",`<= "end" (here: ${this.end})`,this.start);this.on("end",function(){this.autoClose&&this.destroy()}),
Buffer.isBuffer(this.handle)||this.open()}inherits(ReadStream2,ReadableStream);ReadStream2.prototype.open=function(){this._opening||(this._opening=!0,this.sftp.
open(this.path,this.flags,this.mode,(er,handle)=>{if(this._opening=!1,er){this.emit("error",er),this.autoClose&&this.destroy();return}this.handle=handle,this.emit(
"open",handle),this.emit("ready"),this.read()}))};ReadStream2.prototype._read=function(n){if(!Buffer.isBuffer(this.handle))return this.once("open",()=>this._read(
n));if(this.destroyed)return;(!pool||pool.length-pool.used<kMinPoolSpace)&&allocNewPool(this.readableHighWaterMark||this._readableState.highWaterMark);let thisPool=pool,
toRead=Math.min(pool.length-pool.used,n),start=pool.used;if(this.end!==void 0&&(toRead=Math.min(this.end-this.pos+1,toRead)),toRead<=0)return this.push(null);this.
sftp.read(this.handle,pool,pool.used,toRead,this.pos,(er,bytesRead)=>{if(er){this.emit("error",er),this.autoClose&&this.destroy();return}let b=null;if(start+toRead===
thisPool.used&&thisPool===pool)thisPool.used=roundUpToMultipleOf8(thisPool.used+bytesRead-toRead);else{let alignedEnd=start+toRead&-8,alignedStart=roundUpToMultipleOf8(
start+bytesRead);alignedEnd-alignedStart>=kMinPoolSpace&&poolFragments.push(thisPool.slice(alignedStart,alignedEnd))}bytesRead>0&&(this.bytesRead+=bytesRead,b=thisPool.
slice(start,start+bytesRead)),this.pos+=bytesRead,this.push(b)}),pool.used=roundUpToMultipleOf8(pool.used+toRead)};ReadStream2.prototype._destroy=function(err,cb){
if(this._opening&&!Buffer.isBuffer(this.handle)){this.once("open",closeStream.bind(null,this,cb,err));return}closeStream(this,cb,err),this.handle=null,this._opening=
!1};function closeStream(stream,cb,err){if(!stream.handle)return onclose();stream.sftp.close(stream.handle,onclose);function onclose(er){er=er||err,cb(er),stream.
isClosed=!0,er||stream.emit("close")}}ReadStream2.prototype.close=function(cb){this.destroy(null,cb)};Object.defineProperty(ReadStream2.prototype,"pending",{get(){
return this.handle===null},configurable:!0});function WriteStream(sftp,path2,options){if(options===void 0)options={};else if(typeof options=="string")options={encoding:options};else{
if(options===null||typeof options!="object")throw new TypeError('"options" argument must be a string or an object');options=Object.create(options)}options.emitClose=
!1,options.autoDestroy=!1,WritableStream.call(this,options),this.path=path2,this.flags=options.flags===void 0?"w":options.flags,this.mode=options.mode===void 0?
438:options.mode,this.start=options.start,this.autoClose=options.autoClose===void 0?!0:options.autoClose,this.pos=0,this.bytesWritten=0,this.isClosed=!1,this.handle=
options.handle===void 0?null:options.handle,this.sftp=sftp,this._opening=!1,this.start!==void 0&&(checkPosition(this.start,"start"),this.pos=this.start),options.
encoding&&this.setDefaultEncoding(options.encoding),this.on("finish",function(){this._writableState.finalCalled||this.autoClose&&this.destroy()}),Buffer.isBuffer(
this.handle)||this.open()}inherits(WriteStream,WritableStream);WriteStream.prototype._final=function(cb){this.autoClose&&this.destroy(),cb()};WriteStream.prototype.
open=function(){this._opening||(this._opening=!0,this.sftp.open(this.path,this.flags,this.mode,(er,handle)=>{if(this._opening=!1,er){this.emit("error",er),this.
autoClose&&this.destroy();return}this.handle=handle;let tryAgain=err=>{if(err){this.sftp.chmod(this.path,this.mode,err_=>tryAgain());return}if(this.flags[0]==="\
a"){let tryStat=(err2,st)=>{if(err2){this.sftp.stat(this.path,(err_,st_)=>{if(err_){this.destroy(),this.emit("error",err2);return}tryStat(null,st_)});return}this.
pos=st.size,this.emit("open",handle),this.emit("ready")};this.sftp.fstat(handle,tryStat);return}this.emit("open",handle),this.emit("ready")};this.sftp.fchmod(handle,
this.mode,tryAgain)}))};WriteStream.prototype._write=function(data,encoding,cb){if(!Buffer.isBuffer(data)){let err=new ERR_INVALID_ARG_TYPE("data","Buffer",data);
return this.emit("error",err)}if(!Buffer.isBuffer(this.handle))return this.once("open",function(){this._write(data,encoding,cb)});this.sftp.write(this.handle,data,
0,data.length,this.pos,(er,bytes)=>{if(er)return this.autoClose&&this.destroy(),cb(er);this.bytesWritten+=bytes,cb()}),this.pos+=data.length};WriteStream.prototype.
_writev=function(data,cb){if(!Buffer.isBuffer(this.handle))return this.once("open",function(){this._writev(data,cb)});let sftp=this.sftp,handle=this.handle,writesLeft=data.
length,onwrite=(er,bytes)=>{if(er)return this.destroy(),cb(er);this.bytesWritten+=bytes,--writesLeft===0&&cb()};for(let i=0;i<data.length;++i){let chunk=data[i].
chunk;sftp.write(handle,chunk,0,chunk.length,this.pos,onwrite),this.pos+=chunk.length}};typeof WritableStream.prototype.destroy!="function"&&(WriteStream.prototype.
destroy=ReadStream2.prototype.destroy);WriteStream.prototype._destroy=ReadStream2.prototype._destroy;WriteStream.prototype.close=function(cb){if(cb){if(this.isClosed){
process.nextTick(cb);return}this.on("close",cb)}this.autoClose||this.on("finish",this.destroy.bind(this)),this.end()};WriteStream.prototype.destroySoon=WriteStream.
prototype.end;Object.defineProperty(WriteStream.prototype,"pending",{get(){return this.handle===null},configurable:!0});module.exports={flagsToString,OPEN_MODE,
SFTP,Stats,STATUS_CODE,stringToFlags}}});var require_Channel=__commonJS({"node_modules/ssh2/lib/Channel.js"(exports,module){"use strict";var{Duplex:DuplexStream,Readable:ReadableStream,Writable:WritableStream}=__require("stream"),
{CHANNEL_EXTENDED_DATATYPE:{STDERR}}=require_constants(),{bufferSlice}=require_utils(),PACKET_SIZE=32*1024,MAX_WINDOW=2*1024*1024,WINDOW_THRESHOLD=MAX_WINDOW/2,
ClientStderr=class extends ReadableStream{constructor(channel,streamOpts){super(streamOpts),this._channel=channel}_read(n){this._channel._waitChanDrain&&(this._channel.
_waitChanDrain=!1,this._channel.incoming.window<=WINDOW_THRESHOLD&&windowAdjust(this._channel))}},ServerStderr=class extends WritableStream{constructor(channel){
super({highWaterMark:MAX_WINDOW}),this._channel=channel}_write(data,encoding,cb){let channel=this._channel,protocol=channel._client._protocol,outgoing=channel.outgoing,
packetSize2=outgoing.packetSize,id=outgoing.id,window=outgoing.window,len=data.length,p=0;if(outgoing.state==="open"){for(;len-p>0&&window>0;){let sliceLen=len-
p;sliceLen>window&&(sliceLen=window),sliceLen>packetSize2&&(sliceLen=packetSize2),p===0&&sliceLen===len?protocol.channelExtData(id,data,STDERR):protocol.channelExtData(
id,bufferSlice(data,p,p+sliceLen),STDERR),p+=sliceLen,window-=sliceLen}if(outgoing.window=window,len-p>0){window===0&&(channel._waitWindow=!0),p>0?channel._chunkErr=
bufferSlice(data,p,len):channel._chunkErr=data,channel._chunkcbErr=cb;return}cb()}}},Channel=class extends DuplexStream{constructor(client,info,opts){let streamOpts={
highWaterMark:MAX_WINDOW,allowHalfOpen:!opts||opts&&opts.allowHalfOpen!==!1,emitClose:!1};super(streamOpts),this.allowHalfOpen=streamOpts.allowHalfOpen;let server=!!(opts&&
opts.server);this.server=server,this.type=info.type,this.subtype=void 0,this.incoming=info.incoming,this.outgoing=info.outgoing,this._callbacks=[],this._client=
client,this._hasX11=!1,this._exit={code:void 0,signal:void 0,dump:void 0,desc:void 0},this.stdin=this.stdout=this,server?this.stderr=new ServerStderr(this):this.
stderr=new ClientStderr(this,streamOpts),this._waitWindow=!1,this._waitChanDrain=!1,this._chunk=void 0,this._chunkcb=void 0,this._chunkErr=void 0,this._chunkcbErr=
void 0,this.on("finish",onFinish).on("prefinish",onFinish),this.on("end",onEnd).on("close",onEnd)}_read(n){this._waitChanDrain&&(this._waitChanDrain=!1,this.incoming.
window<=WINDOW_THRESHOLD&&windowAdjust(this))}_write(data,encoding,cb){let protocol=this._client._protocol,outgoing=this.outgoing,packetSize2=outgoing.packetSize,
id=outgoing.id,window=outgoing.window,len=data.length,p=0;if(outgoing.state==="open"){for(;len-p>0&&window>0;){let sliceLen=len-p;sliceLen>window&&(sliceLen=window),
sliceLen>packetSize2&&(sliceLen=packetSize2),p===0&&sliceLen===len?protocol.channelData(id,data):protocol.channelData(id,bufferSlice(data,p,p+sliceLen)),p+=sliceLen,
window-=sliceLen}if(outgoing.window=window,len-p>0){window===0&&(this._waitWindow=!0),p>0?this._chunk=bufferSlice(data,p,len):this._chunk=data,this._chunkcb=cb;
return}cb()}}eof(){this.outgoing.state==="open"&&(this.outgoing.state="eof",this._client._protocol.channelEOF(this.outgoing.id))}close(){(this.outgoing.state===
"open"||this.outgoing.state==="eof")&&(this.outgoing.state="closing",this._client._protocol.channelClose(this.outgoing.id))}destroy(){return this.end(),this.close(),
this}setWindow(rows,cols,height,width){if(this.server)throw new Error("Client-only method called in server mode");this.type==="session"&&(this.subtype==="shell"||
this.subtype==="exec")&&this.writable&&this.outgoing.state==="open"&&this._client._protocol.windowChange(this.outgoing.id,rows,cols,height,width)}signal(signalName){
if(this.server)throw new Error("Client-only method called in server mode");this.type==="session"&&this.writable&&this.outgoing.state==="open"&&this._client._protocol.
signal(this.outgoing.id,signalName)}exit(statusOrSignal,coreDumped,msg){if(!this.server)throw new Error("Server-only method called in client mode");this.type===
"session"&&this.writable&&this.outgoing.state==="open"&&(typeof statusOrSignal=="number"?this._client._protocol.exitStatus(this.outgoing.id,statusOrSignal):this.
_client._protocol.exitSignal(this.outgoing.id,statusOrSignal,coreDumped,msg))}};function onFinish(){this.eof(),(this.server||!this.allowHalfOpen)&&this.close(),
this.writable=!1}function onEnd(){this.readable=!1}function windowAdjust(self){if(self.outgoing.state==="closed")return;let amt=MAX_WINDOW-self.incoming.window;
amt<=0||(self.incoming.window+=amt,self._client._protocol.channelWindowAdjust(self.outgoing.id,amt))}module.exports={Channel,MAX_WINDOW,PACKET_SIZE,windowAdjust,
WINDOW_THRESHOLD}}});var require_utils2=__commonJS({"node_modules/ssh2/lib/utils.js"(exports,module){"use strict";var{SFTP}=require_SFTP(),MAX_CHANNEL=2**32-1;function onChannelOpenFailure(self,recipient,info,cb){
if(self._chanMgr.remove(recipient),typeof cb!="function")return;let err;info instanceof Error?err=info:typeof info=="object"&&info!==null?(err=new Error(`(SSH) \
Channel open failure: ${info.description}`),err.reason=info.reason):(err=new Error("(SSH) Channel open failure: server closed channel unexpectedly"),err.reason=
""),cb(err)}function onCHANNEL_CLOSE(self,recipient,channel,err,dead){if(typeof channel=="function"){onChannelOpenFailure(self,recipient,err,channel);return}if(typeof channel!=
"object"||channel===null||channel.incoming&&channel.incoming.state==="closed"||(self._chanMgr.remove(recipient),channel.server&&channel.constructor.name==="Sess\
ion"))return;channel.incoming.state="closed",channel.readable&&channel.push(null),channel.server?channel.stderr.writable&&channel.stderr.end():channel.stderr.readable&&
channel.stderr.push(null),channel.constructor!==SFTP&&(channel.outgoing.state==="open"||channel.outgoing.state==="eof")&&!dead&&channel.close(),channel.outgoing.
state==="closing"&&(channel.outgoing.state="closed");let readState=channel._readableState,writeState=channel._writableState;writeState&&!writeState.ending&&!writeState.
finished&&!dead&&channel.end();let chanCallbacks=channel._callbacks;channel._callbacks=[];for(let i=0;i<chanCallbacks.length;++i)chanCallbacks[i](!0);if(channel.
server)!channel.readable||channel.destroyed||readState&&readState.endEmitted?channel.emit("close"):channel.once("end",()=>channel.emit("close"));else{let doClose;
switch(channel.type){case"direct-streamlocal@openssh.com":case"direct-tcpip":doClose=()=>channel.emit("close");break;default:{let exit=channel._exit;doClose=()=>{
exit.code===null?channel.emit("close",exit.code,exit.signal,exit.dump,exit.desc):channel.emit("close",exit.code)}}}!channel.readable||channel.destroyed||readState&&
readState.endEmitted?doClose():channel.once("end",doClose);let errReadState=channel.stderr._readableState;!channel.stderr.readable||channel.stderr.destroyed||errReadState&&
errReadState.endEmitted?channel.stderr.emit("close"):channel.stderr.once("end",()=>channel.stderr.emit("close"))}}var ChannelManager=class{constructor(client){this.
_client=client,this._channels={},this._cur=-1,this._count=0}add(val){let id;if(this._cur<MAX_CHANNEL)id=++this._cur;else if(this._count===0)this._cur=0,id=0;else{
let channels=this._channels;for(let i=0;i<MAX_CHANNEL;++i)if(channels[i]===void 0){id=i;break}}return id===void 0?-1:(this._channels[id]=val||!0,++this._count,id)}update(id,val){
if(typeof id!="number"||id<0||id>=MAX_CHANNEL||!isFinite(id))throw new Error(`Invalid channel id: ${id}`);val&&this._channels[id]&&(this._channels[id]=val)}get(id){
if(typeof id!="number"||id<0||id>=MAX_CHANNEL||!isFinite(id))throw new Error(`Invalid channel id: ${id}`);return this._channels[id]}remove(id){if(typeof id!="nu\
mber"||id<0||id>=MAX_CHANNEL||!isFinite(id))throw new Error(`Invalid channel id: ${id}`);this._channels[id]&&(delete this._channels[id],this._count&&--this._count)}cleanup(err){
let channels=this._channels;this._channels={},this._cur=-1,this._count=0;let chanIDs=Object.keys(channels),client=this._client;for(let i=0;i<chanIDs.length;++i){
let id=+chanIDs[i],channel=channels[id];onCHANNEL_CLOSE(client,id,channel._channel||channel,err,!0)}}},isRegExp=(()=>{let toString=Object.prototype.toString;return val=>toString.
call(val)==="[object RegExp]"})();function generateAlgorithmList(algoList,defaultList,supportedList){if(Array.isArray(algoList)&&algoList.length>0){for(let i=0;i<
algoList.length;++i)if(supportedList.indexOf(algoList[i])===-1)throw new Error(`Unsupported algorithm: ${algoList[i]}`);return algoList}if(typeof algoList=="obj\
ect"&&algoList!==null){let keys=Object.keys(algoList),list=defaultList;for(let i=0;i<keys.length;++i){let key=keys[i],val=algoList[key];switch(key){case"append":
if(Array.isArray(val)||(val=[val]),Array.isArray(val))for(let j=0;j<val.length;++j){let append=val[j];if(typeof append=="string"){if(!append||list.indexOf(append)!==
-1)continue;if(supportedList.indexOf(append)===-1)throw new Error(`Unsupported algorithm: ${append}`);list===defaultList&&(list=list.slice()),list.push(append)}else if(isRegExp(
append))for(let k=0;k<supportedList.length;++k){let algo=supportedList[k];if(append.test(algo)){if(list.indexOf(algo)!==-1)continue;list===defaultList&&(list=list.
slice()),list.push(algo)}}}break;case"prepend":if(Array.isArray(val)||(val=[val]),Array.isArray(val))for(let j=val.length;j>=0;--j){let prepend=val[j];if(typeof prepend==
"string"){if(!prepend||list.indexOf(prepend)!==-1)continue;if(supportedList.indexOf(prepend)===-1)throw new Error(`Unsupported algorithm: ${prepend}`);list===defaultList&&
(list=list.slice()),list.unshift(prepend)}else if(isRegExp(prepend))for(let k=supportedList.length;k>=0;--k){let algo=supportedList[k];if(prepend.test(algo)){if(list.
indexOf(algo)!==-1)continue;list===defaultList&&(list=list.slice()),list.unshift(algo)}}}break;case"remove":if(Array.isArray(val)||(val=[val]),Array.isArray(val))
for(let j=0;j<val.length;++j){let search=val[j];if(typeof search=="string"){if(!search)continue;let idx=list.indexOf(search);if(idx===-1)continue;list===defaultList&&
(list=list.slice()),list.splice(idx,1)}else if(isRegExp(search))for(let k=0;k<list.length;++k)search.test(list[k])&&(list===defaultList&&(list=list.slice()),list.
splice(k,1),--k)}break}}return list}return defaultList}module.exports={ChannelManager,generateAlgorithmList,onChannelOpenFailure,onCHANNEL_CLOSE,isWritable:stream=>stream&&
stream.writable&&stream._readableState&&stream._readableState.ended===!1}}});var require_server=__commonJS({"node_modules/ssh2/lib/server.js"(exports,module){"use strict";var{Server:netServer}=__require("net"),EventEmitter=__require("events"),
{listenerCount}=EventEmitter,{CHANNEL_OPEN_FAILURE,DEFAULT_CIPHER,DEFAULT_COMPRESSION,DEFAULT_KEX,DEFAULT_MAC,DEFAULT_SERVER_HOST_KEY,DISCONNECT_REASON,DISCONNECT_REASON_BY_VALUE,
SUPPORTED_CIPHER,SUPPORTED_COMPRESSION,SUPPORTED_KEX,SUPPORTED_MAC,SUPPORTED_SERVER_HOST_KEY}=require_constants(),{init:cryptoInit}=require_crypto(),{KexInit}=require_kex(),
{parseKey:parseKey2}=require_keyParser(),Protocol=require_Protocol(),{SFTP}=require_SFTP(),{writeUInt32BE}=require_utils(),{Channel,MAX_WINDOW,PACKET_SIZE,windowAdjust,
WINDOW_THRESHOLD}=require_Channel(),{ChannelManager,generateAlgorithmList,isWritable,onChannelOpenFailure,onCHANNEL_CLOSE}=require_utils2(),MAX_PENDING_AUTHS=10,
AuthContext=class extends EventEmitter{constructor(protocol,username,service,method,cb){super(),this.username=this.user=username,this.service=service,this.method=
method,this._initialResponse=!1,this._finalResponse=!1,this._multistep=!1,this._cbfinal=(allowed,methodsLeft,isPartial)=>{this._finalResponse||(this._finalResponse=
!0,cb(this,allowed,methodsLeft,isPartial))},this._protocol=protocol}accept(){this._cleanup&&this._cleanup(),this._initialResponse=!0,this._cbfinal(!0)}reject(methodsLeft,isPartial){
this._cleanup&&this._cleanup(),this._initialResponse=!0,this._cbfinal(!1,methodsLeft,isPartial)}},KeyboardAuthContext=class extends AuthContext{constructor(protocol,username,service,method,submethods,cb){
super(protocol,username,service,method,cb),this._multistep=!0,this._cb=void 0,this._onInfoResponse=responses=>{let callback=this._cb;callback&&(this._cb=void 0,
callback(responses))},this.submethods=submethods,this.on("abort",()=>{this._cb&&this._cb(new Error("Authentication request aborted"))})}prompt(prompts,title,instructions,cb){
Array.isArray(prompts)||(prompts=[prompts]),typeof title=="function"?(cb=title,title=instructions=void 0):typeof instructions=="function"?(cb=instructions,instructions=
void 0):typeof cb!="function"&&(cb=void 0);for(let i=0;i<prompts.length;++i)typeof prompts[i]=="string"&&(prompts[i]={prompt:prompts[i],echo:!0});this._cb=cb,this.
_initialResponse=!0,this._protocol.authInfoReq(title,instructions,prompts)}},PKAuthContext=class extends AuthContext{constructor(protocol,username,service,method,pkInfo,cb){
super(protocol,username,service,method,cb),this.key={algo:pkInfo.keyAlgo,data:pkInfo.key},this.hashAlgo=pkInfo.hashAlgo,this.signature=pkInfo.signature,this.blob=
pkInfo.blob}accept(){this.signature?AuthContext.prototype.accept.call(this):(this._initialResponse=!0,this._protocol.authPKOK(this.key.algo,this.key.data))}},HostbasedAuthContext=class extends AuthContext{constructor(protocol,username,service,method,pkInfo,cb){
super(protocol,username,service,method,cb),this.key={algo:pkInfo.keyAlgo,data:pkInfo.key},this.hashAlgo=pkInfo.hashAlgo,this.signature=pkInfo.signature,this.blob=
pkInfo.blob,this.localHostname=pkInfo.localHostname,this.localUsername=pkInfo.localUsername}},PwdAuthContext=class extends AuthContext{constructor(protocol,username,service,method,password,cb){
super(protocol,username,service,method,cb),this.password=password,this._changeCb=void 0}requestChange(prompt,cb){if(this._changeCb)throw new Error("Change reque\
st already in progress");if(typeof prompt!="string")throw new Error("prompt argument must be a string");if(typeof cb!="function")throw new Error("Callback argum\
ent must be a function");this._changeCb=cb,this._protocol.authPasswdChg(prompt)}},Session=class extends EventEmitter{constructor(client,info,localChan){super(),
this.type="session",this.subtype=void 0,this.server=!0,this._ending=!1,this._channel=void 0,this._chanInfo={type:"session",incoming:{id:localChan,window:MAX_WINDOW,
packetSize:PACKET_SIZE,state:"open"},outgoing:{id:info.sender,window:info.window,packetSize:info.packetSize,state:"open"}}}},Server=class extends EventEmitter{constructor(cfg,listener){
if(super(),typeof cfg!="object"||cfg===null)throw new Error("Missing configuration object");let hostKeys2=Object.create(null),hostKeyAlgoOrder=[],hostKeys_=cfg.
hostKeys;if(!Array.isArray(hostKeys_))throw new Error("hostKeys must be an array");let cfgAlgos=typeof cfg.algorithms=="object"&&cfg.algorithms!==null?cfg.algorithms:
{},hostKeyAlgos=generateAlgorithmList(cfgAlgos.serverHostKey,DEFAULT_SERVER_HOST_KEY,SUPPORTED_SERVER_HOST_KEY);for(let i=0;i<hostKeys_.length;++i){let privateKey;
if(Buffer.isBuffer(hostKeys_[i])||typeof hostKeys_[i]=="string"?privateKey=parseKey2(hostKeys_[i]):privateKey=parseKey2(hostKeys_[i].key,hostKeys_[i].passphrase),
privateKey instanceof Error)throw new Error(`Cannot parse privateKey: ${privateKey.message}`);if(Array.isArray(privateKey)&&(privateKey=privateKey[0]),privateKey.
getPrivatePEM()===null)throw new Error("privateKey value contains an invalid private key");if(!hostKeyAlgoOrder.includes(privateKey.type))if(privateKey.type==="\
ssh-rsa"){let sha1Pos=hostKeyAlgos.indexOf("ssh-rsa"),sha256Pos=hostKeyAlgos.indexOf("rsa-sha2-256"),sha512Pos=hostKeyAlgos.indexOf("rsa-sha2-512");sha1Pos===-1&&
(sha1Pos=1/0),[sha1Pos,sha256Pos,sha512Pos].sort(compareNumbers).forEach(pos=>{if(pos===-1)return;let type;switch(pos){case sha1Pos:type="ssh-rsa";break;case sha256Pos:
type="rsa-sha2-256";break;case sha512Pos:type="rsa-sha2-512";break;default:return}hostKeys2[type]=privateKey,hostKeyAlgoOrder.push(type)})}else hostKeys2[privateKey.
type]=privateKey,hostKeyAlgoOrder.push(privateKey.type)}let algorithms2={kex:generateAlgorithmList(cfgAlgos.kex,DEFAULT_KEX,SUPPORTED_KEX).concat(["kex-strict-s\
-v00@openssh.com"]),serverHostKey:hostKeyAlgoOrder,cs:{cipher:generateAlgorithmList(cfgAlgos.cipher,DEFAULT_CIPHER,SUPPORTED_CIPHER),mac:generateAlgorithmList(cfgAlgos.
hmac,DEFAULT_MAC,SUPPORTED_MAC),compress:generateAlgorithmList(cfgAlgos.compress,DEFAULT_COMPRESSION,SUPPORTED_COMPRESSION),lang:[]},sc:void 0};algorithms2.sc=algorithms2.
cs,typeof listener=="function"&&this.on("connection",listener);let origDebug=typeof cfg.debug=="function"?cfg.debug:void 0,ident=cfg.ident?Buffer.from(cfg.ident):
void 0,offer=new KexInit(algorithms2);this._srv=new netServer(socket=>{if(this._connections>=this.maxConnections){socket.destroy();return}++this._connections,socket.
once("close",()=>{--this._connections});let debug;if(origDebug){let debugPrefix=`[${process.hrtime().join(".")}] `;debug=msg=>{origDebug(`${debugPrefix}${msg}`)}}
new Client(socket,hostKeys2,ident,offer,debug,this,cfg)}).on("error",err=>{this.emit("error",err)}).on("listening",()=>{this.emit("listening")}).on("close",()=>{
this.emit("close")}),this._connections=0,this.maxConnections=1/0}injectSocket(socket){this._srv.emit("connection",socket)}listen(...args){return this._srv.listen(
...args),this}address(){return this._srv.address()}getConnections(cb){return this._srv.getConnections(cb),this}close(cb){return this._srv.close(cb),this}ref(){return this.
_srv.ref(),this}unref(){return this._srv.unref(),this}};Server.KEEPALIVE_CLIENT_INTERVAL=15e3;Server.KEEPALIVE_CLIENT_COUNT_MAX=3;var Client=class extends EventEmitter{constructor(socket,hostKeys2,ident,offer,debug,server,srvCfg){
super();let exchanges=0,acceptedAuthSvc=!1,pendingAuths=[],authCtx,kaTimer,onPacket,unsentGlobalRequestsReplies=[];this._sock=socket,this._chanMgr=new ChannelManager(
this),this._debug=debug,this.noMoreSessions=!1,this.authenticated=!1;function onClientPreHeaderError(err){}this.on("error",onClientPreHeaderError);let DEBUG_HANDLER=debug?
(p,display,msg)=>{debug(`Debug output from client: ${JSON.stringify(msg)}`)}:void 0,kaIntvl=typeof srvCfg.keepaliveInterval=="number"&&isFinite(srvCfg.keepaliveInterval)&&
srvCfg.keepaliveInterval>0?srvCfg.keepaliveInterval:typeof Server.KEEPALIVE_CLIENT_INTERVAL=="number"&&isFinite(Server.KEEPALIVE_CLIENT_INTERVAL)&&Server.KEEPALIVE_CLIENT_INTERVAL>
0?Server.KEEPALIVE_CLIENT_INTERVAL:-1,kaCountMax=typeof srvCfg.keepaliveCountMax=="number"&&isFinite(srvCfg.keepaliveCountMax)&&srvCfg.keepaliveCountMax>=0?srvCfg.
keepaliveCountMax:typeof Server.KEEPALIVE_CLIENT_COUNT_MAX=="number"&&isFinite(Server.KEEPALIVE_CLIENT_COUNT_MAX)&&Server.KEEPALIVE_CLIENT_COUNT_MAX>=0?Server.KEEPALIVE_CLIENT_COUNT_MAX:
-1,kaCurCount=0;kaIntvl!==-1&&kaCountMax!==-1&&(this.once("ready",()=>{let onClose=()=>{clearInterval(kaTimer)};this.on("close",onClose).on("end",onClose),kaTimer=
setInterval(()=>{if(++kaCurCount>kaCountMax){clearInterval(kaTimer);let err=new Error("Keepalive timeout");err.level="client-timeout",this.emit("error",err),this.
end()}else proto.ping()},kaIntvl)}),onPacket=()=>{kaTimer&&kaTimer.refresh(),kaCurCount=0});let proto=this._protocol=new Protocol({server:!0,hostKeys:hostKeys2,
ident,offer,onPacket,greeting:srvCfg.greeting,banner:srvCfg.banner,onWrite:data=>{isWritable(socket)&&socket.write(data)},onError:err=>{proto._destruct||socket.
removeAllListeners("data"),this.emit("error",err);try{socket.end()}catch{}},onHeader:header=>{this.removeListener("error",onClientPreHeaderError);let info={ip:socket.
remoteAddress,family:socket.remoteFamily,port:socket.remotePort,header};if(!server.emit("connection",this,info)){proto.disconnect(DISCONNECT_REASON.BY_APPLICATION),
socket.end();return}header.greeting&&this.emit("greeting",header.greeting)},onHandshakeComplete:negotiated=>{++exchanges>1&&this.emit("rekey"),this.emit("handsh\
ake",negotiated)},debug,messageHandlers:{DEBUG:DEBUG_HANDLER,DISCONNECT:(p,reason2,desc)=>{if(reason2!==DISCONNECT_REASON.BY_APPLICATION){desc||(desc=DISCONNECT_REASON_BY_VALUE[reason2],
desc===void 0&&(desc=`Unexpected disconnection reason: ${reason2}`));let err=new Error(desc);err.code=reason2,this.emit("error",err)}socket.end()},CHANNEL_OPEN:(p,info)=>{
if(info.type==="session"&&this.noMoreSessions||!this.authenticated){let reasonCode=CHANNEL_OPEN_FAILURE.ADMINISTRATIVELY_PROHIBITED;return proto.channelOpenFail(
info.sender,reasonCode)}let localChan=-1,reason2,replied=!1,accept,reject=()=>{replied||(replied=!0,reason2===void 0&&(localChan===-1?reason2=CHANNEL_OPEN_FAILURE.
RESOURCE_SHORTAGE:reason2=CHANNEL_OPEN_FAILURE.CONNECT_FAILED),localChan!==-1&&this._chanMgr.remove(localChan),proto.channelOpenFail(info.sender,reason2,""))},reserveChannel=()=>(localChan=
this._chanMgr.add(),localChan===-1&&(reason2=CHANNEL_OPEN_FAILURE.RESOURCE_SHORTAGE,debug&&debug("Automatic rejection of incoming channel open: no channels avai\
lable")),localChan!==-1),data=info.data;switch(info.type){case"session":if(listenerCount(this,"session")&&reserveChannel()){accept=()=>{if(replied)return;replied=
!0;let instance=new Session(this,info,localChan);return this._chanMgr.update(localChan,instance),proto.channelOpenConfirm(info.sender,localChan,MAX_WINDOW,PACKET_SIZE),
instance},this.emit("session",accept,reject);return}break;case"direct-tcpip":if(listenerCount(this,"tcpip")&&reserveChannel()){accept=()=>{if(replied)return;replied=
!0;let chanInfo={type:void 0,incoming:{id:localChan,window:MAX_WINDOW,packetSize:PACKET_SIZE,state:"open"},outgoing:{id:info.sender,window:info.window,packetSize:info.
packetSize,state:"open"}},stream=new Channel(this,chanInfo,{server:!0});return this._chanMgr.update(localChan,stream),proto.channelOpenConfirm(info.sender,localChan,
MAX_WINDOW,PACKET_SIZE),stream},this.emit("tcpip",accept,reject,data);return}break;case"direct-streamlocal@openssh.com":if(listenerCount(this,"openssh.streamloc\
al")&&reserveChannel()){accept=()=>{if(replied)return;replied=!0;let chanInfo={type:void 0,incoming:{id:localChan,window:MAX_WINDOW,packetSize:PACKET_SIZE,state:"\
open"},outgoing:{id:info.sender,window:info.window,packetSize:info.packetSize,state:"open"}},stream=new Channel(this,chanInfo,{server:!0});return this._chanMgr.
update(localChan,stream),proto.channelOpenConfirm(info.sender,localChan,MAX_WINDOW,PACKET_SIZE),stream},this.emit("openssh.streamlocal",accept,reject,data);return}
break;default:reason2=CHANNEL_OPEN_FAILURE.UNKNOWN_CHANNEL_TYPE,debug&&debug(`Automatic rejection of unsupported incoming channel open type: ${info.type}`)}reason2===
void 0&&(reason2=CHANNEL_OPEN_FAILURE.ADMINISTRATIVELY_PROHIBITED,debug&&debug(`Automatic rejection of unexpected incoming channel open for: ${info.type}`)),reject()},
CHANNEL_OPEN_CONFIRMATION:(p,info)=>{let channel=this._chanMgr.get(info.recipient);if(typeof channel!="function")return;let chanInfo={type:channel.type,incoming:{
id:info.recipient,window:MAX_WINDOW,packetSize:PACKET_SIZE,state:"open"},outgoing:{id:info.sender,window:info.window,packetSize:info.packetSize,state:"open"}},instance=new Channel(
this,chanInfo,{server:!0});this._chanMgr.update(info.recipient,instance),channel(void 0,instance)},CHANNEL_OPEN_FAILURE:(p,recipient,reason2,description)=>{let channel=this.
_chanMgr.get(recipient);if(typeof channel!="function")return;onChannelOpenFailure(this,recipient,{reason:reason2,description},channel)},CHANNEL_DATA:(p,recipient,data)=>{
let channel=this._chanMgr.get(recipient);if(!(typeof channel!="object"||channel===null)&&!(channel.constructor===Session&&(channel=channel._channel,!channel))&&
channel.incoming.window!==0){if(channel.incoming.window-=data.length,channel.push(data)===!1){channel._waitChanDrain=!0;return}channel.incoming.window<=WINDOW_THRESHOLD&&
windowAdjust(channel)}},CHANNEL_EXTENDED_DATA:(p,recipient,data,type)=>{},CHANNEL_WINDOW_ADJUST:(p,recipient,amount)=>{let channel=this._chanMgr.get(recipient);
typeof channel!="object"||channel===null||channel.constructor===Session&&(channel=channel._channel,!channel)||(channel.outgoing.window+=amount,channel._waitWindow&&
(channel._waitWindow=!1,channel._chunk?channel._write(channel._chunk,null,channel._chunkcb):channel._chunkcb?channel._chunkcb():channel._chunkErr?channel.stderr.
_write(channel._chunkErr,null,channel._chunkcbErr):channel._chunkcbErr&&channel._chunkcbErr()))},CHANNEL_SUCCESS:(p,recipient)=>{let channel=this._chanMgr.get(recipient);
typeof channel!="object"||channel===null||channel.constructor===Session&&(channel=channel._channel,!channel)||channel._callbacks.length&&channel._callbacks.shift()(
!1)},CHANNEL_FAILURE:(p,recipient)=>{let channel=this._chanMgr.get(recipient);typeof channel!="object"||channel===null||channel.constructor===Session&&(channel=
channel._channel,!channel)||channel._callbacks.length&&channel._callbacks.shift()(!0)},CHANNEL_REQUEST:(p,recipient,type,wantReply,data)=>{let session=this._chanMgr.
get(recipient);if(typeof session!="object"||session===null)return;let replied=!1,accept,reject;if(session.constructor!==Session){wantReply&&proto.channelFailure(
session.outgoing.id);return}if(wantReply&&(type!=="shell"&&type!=="exec"&&type!=="subsystem"&&(accept=()=>{replied||session._ending||session._channel||(replied=
!0,proto.channelSuccess(session._chanInfo.outgoing.id))}),reject=()=>{replied||session._ending||session._channel||(replied=!0,proto.channelFailure(session._chanInfo.
outgoing.id))}),session._ending){reject&&reject();return}switch(type){case"env":if(listenerCount(session,"env")){session.emit("env",accept,reject,{key:data.name,
val:data.value});return}break;case"pty-req":if(listenerCount(session,"pty")){session.emit("pty",accept,reject,data);return}break;case"window-change":listenerCount(
session,"window-change")?session.emit("window-change",accept,reject,data):reject&&reject();break;case"x11-req":if(listenerCount(session,"x11")){session.emit("x1\
1",accept,reject,data);return}break;case"signal":if(listenerCount(session,"signal")){session.emit("signal",accept,reject,{name:data});return}break;case"auth-age\
nt-req@openssh.com":if(listenerCount(session,"auth-agent")){session.emit("auth-agent",accept,reject);return}break;case"shell":if(listenerCount(session,"shell")){
accept=()=>{if(replied||session._ending||session._channel)return;replied=!0,wantReply&&proto.channelSuccess(session._chanInfo.outgoing.id);let channel=new Channel(
this,session._chanInfo,{server:!0});return channel.subtype=session.subtype=type,session._channel=channel,channel},session.emit("shell",accept,reject);return}break;case"\
exec":if(listenerCount(session,"exec")){accept=()=>{if(replied||session._ending||session._channel)return;replied=!0,wantReply&&proto.channelSuccess(session._chanInfo.
outgoing.id);let channel=new Channel(this,session._chanInfo,{server:!0});return channel.subtype=session.subtype=type,session._channel=channel,channel},session.emit(
"exec",accept,reject,{command:data});return}break;case"subsystem":{let useSFTP=data==="sftp";if(accept=()=>{if(replied||session._ending||session._channel)return;
replied=!0,wantReply&&proto.channelSuccess(session._chanInfo.outgoing.id);let instance;return useSFTP?instance=new SFTP(this,session._chanInfo,{server:!0,debug}):
(instance=new Channel(this,session._chanInfo,{server:!0}),instance.subtype=session.subtype=`${type}:${data}`),session._channel=instance,instance},data==="sftp"){
if(listenerCount(session,"sftp")){session.emit("sftp",accept,reject);return}useSFTP=!1}if(listenerCount(session,"subsystem")){session.emit("subsystem",accept,reject,
{name:data});return}break}}debug&&debug(`Automatic rejection of incoming channel request: ${type}`),reject&&reject()},CHANNEL_EOF:(p,recipient)=>{let channel=this.
_chanMgr.get(recipient);typeof channel!="object"||channel===null||channel.constructor===Session&&(channel._ending||(channel._ending=!0,channel.emit("eof"),channel.
emit("end")),channel=channel._channel,!channel)||channel.incoming.state==="open"&&(channel.incoming.state="eof",channel.readable&&channel.push(null))},CHANNEL_CLOSE:(p,recipient)=>{
let channel=this._chanMgr.get(recipient);typeof channel!="object"||channel===null||channel.constructor===Session&&(channel._ending=!0,channel.emit("close"),channel=
channel._channel,!channel)||onCHANNEL_CLOSE(this,recipient,channel)},SERVICE_REQUEST:(p,service)=>{if(exchanges===0||acceptedAuthSvc||this.authenticated||service!==
"ssh-userauth"){proto.disconnect(DISCONNECT_REASON.SERVICE_NOT_AVAILABLE),socket.end();return}acceptedAuthSvc=!0,proto.serviceAccept(service)},USERAUTH_REQUEST:(p,username,service,method,methodData)=>{
if(exchanges===0||this.authenticated||authCtx&&(authCtx.username!==username||authCtx.service!==service)||method!=="password"&&method!=="publickey"&&method!=="ho\
stbased"&&method!=="keyboard-interactive"&&method!=="none"||pendingAuths.length===MAX_PENDING_AUTHS){proto.disconnect(DISCONNECT_REASON.PROTOCOL_ERROR),socket.end();
return}else if(service!=="ssh-connection"){proto.disconnect(DISCONNECT_REASON.SERVICE_NOT_AVAILABLE),socket.end();return}let ctx;switch(method){case"keyboard-in\
teractive":ctx=new KeyboardAuthContext(proto,username,service,method,methodData,onAuthDecide);break;case"publickey":ctx=new PKAuthContext(proto,username,service,
method,methodData,onAuthDecide);break;case"hostbased":ctx=new HostbasedAuthContext(proto,username,service,method,methodData,onAuthDecide);break;case"password":if(authCtx&&
authCtx instanceof PwdAuthContext&&authCtx._changeCb){let cb=authCtx._changeCb;authCtx._changeCb=void 0,cb(methodData.newPassword);return}ctx=new PwdAuthContext(
proto,username,service,method,methodData,onAuthDecide);break;case"none":ctx=new AuthContext(proto,username,service,method,onAuthDecide);break}if(authCtx)if(authCtx.
_initialResponse)authCtx._multistep&&!authCtx._finalResponse&&(authCtx._cleanup&&authCtx._cleanup(),authCtx.emit("abort"));else return pendingAuths.push(ctx);authCtx=
ctx,listenerCount(this,"authentication")?this.emit("authentication",authCtx):authCtx.reject()},USERAUTH_INFO_RESPONSE:(p,responses)=>{authCtx&&authCtx instanceof
KeyboardAuthContext&&authCtx._onInfoResponse(responses)},GLOBAL_REQUEST:(p,name,wantReply,data)=>{let reply={type:null,buf:null};function setReply(type,buf){reply.
type=type,reply.buf=buf,sendReplies()}if(wantReply&&unsentGlobalRequestsReplies.push(reply),(name==="tcpip-forward"||name==="cancel-tcpip-forward"||name==="no-m\
ore-sessions@openssh.com"||name==="streamlocal-forward@openssh.com"||name==="cancel-streamlocal-forward@openssh.com")&&listenerCount(this,"request")&&this.authenticated){
let accept,reject;if(wantReply){let replied=!1;accept=chosenPort=>{if(replied)return;replied=!0;let bufPort;name==="tcpip-forward"&&data.bindPort===0&&typeof chosenPort==
"number"&&(bufPort=Buffer.allocUnsafe(4),writeUInt32BE(bufPort,chosenPort,0)),setReply("SUCCESS",bufPort)},reject=()=>{replied||(replied=!0,setReply("FAILURE"))}}
if(name==="no-more-sessions@openssh.com"){this.noMoreSessions=!0,accept&&accept();return}this.emit("request",accept,reject,name,data)}else wantReply&&setReply("\
FAILURE")}}});socket.pause(),cryptoInit.then(()=>{proto.start(),socket.on("data",data=>{try{proto.parse(data,0,data.length)}catch(ex){this.emit("error",ex);try{
isWritable(socket)&&socket.end()}catch{}}}),socket.resume()}).catch(err=>{this.emit("error",err);try{isWritable(socket)&&socket.end()}catch{}}),socket.on("error",
err=>{err.level="socket",this.emit("error",err)}).once("end",()=>{debug&&debug("Socket ended"),proto.cleanup(),this.emit("end")}).once("close",()=>{debug&&debug(
"Socket closed"),proto.cleanup(),this.emit("close");let err=new Error("No response from server");this._chanMgr.cleanup(err)});let onAuthDecide=(ctx,allowed,methodsLeft,isPartial)=>{
authCtx===ctx&&!this.authenticated&&(allowed?(authCtx=void 0,this.authenticated=!0,proto.authSuccess(),pendingAuths=[],this.emit("ready")):(proto.authFailure(methodsLeft,
isPartial),pendingAuths.length&&(authCtx=pendingAuths.pop(),listenerCount(this,"authentication")?this.emit("authentication",authCtx):authCtx.reject())))};function sendReplies(){
for(;unsentGlobalRequestsReplies.length>0&&unsentGlobalRequestsReplies[0].type;){let reply=unsentGlobalRequestsReplies.shift();reply.type==="SUCCESS"&&proto.requestSuccess(
reply.buf),reply.type==="FAILURE"&&proto.requestFailure()}}}end(){return this._sock&&isWritable(this._sock)&&(this._protocol.disconnect(DISCONNECT_REASON.BY_APPLICATION),
this._sock.end()),this}x11(originAddr,originPort,cb){return openChannel(this,"x11",{originAddr,originPort},cb),this}forwardOut(boundAddr,boundPort,remoteAddr,remotePort,cb){
return openChannel(this,"forwarded-tcpip",{boundAddr,boundPort,remoteAddr,remotePort},cb),this}openssh_forwardOutStreamLocal(socketPath,cb){return openChannel(this,
"forwarded-streamlocal@openssh.com",{socketPath},cb),this}rekey(cb){let error;try{this._protocol.rekey()}catch(ex){error=ex}typeof cb=="function"&&(error?process.
nextTick(cb,error):this.once("rekey",cb))}setNoDelay(noDelay){return this._sock&&typeof this._sock.setNoDelay=="function"&&this._sock.setNoDelay(noDelay),this}};
function openChannel(self,type,opts,cb){let initWindow=MAX_WINDOW,maxPacket=PACKET_SIZE;typeof opts=="function"&&(cb=opts,opts={});let wrapper=(err,stream)=>{cb(
err,stream)};wrapper.type=type;let localChan=self._chanMgr.add(wrapper);if(localChan===-1){cb(new Error("No free channels available"));return}switch(type){case"\
forwarded-tcpip":self._protocol.forwardedTcpip(localChan,initWindow,maxPacket,opts);break;case"x11":self._protocol.x11(localChan,initWindow,maxPacket,opts);break;case"\
forwarded-streamlocal@openssh.com":self._protocol.openssh_forwardedStreamLocal(localChan,initWindow,maxPacket,opts);break;default:throw new Error(`Unsupported c\
hannel type: ${type}`)}}function compareNumbers(a,b){return a-b}module.exports=Server;module.exports.IncomingClient=Client}});var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function combineErrors(errors){let[first,second]=errors;return first&&!second?first:new KitErrors(errors)}function reasonOf(thrown){return thrown instanceof
Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"code"in thrown?thrown.code:void 0;return typeof code==
"string"?code:void 0}var all=process.getBuiltinModule("node:util");var getSystemErrorMap=all.getSystemErrorMap;var getSystemErrorMessage=all.getSystemErrorMessage;var parseArgs=all.parseArgs;var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
T_CACHE moves the cache",EROFS:"the file system is read-only; KIT_CACHE and KIT_STATE choose other folders",EACCES:"look at the permissions, or choose another f\
older",ENOTDIR:"a file is in the way; KIT_CACHE and KIT_STATE choose other folders",EEXIST:"a file is in the way; choose another folder",EMFILE:"raise the limit\
 of open files: ulimit -n 4096"};function fromSystemError(thrown){if(!(thrown instanceof Error)||!("syscall"in thrown)||!("errno"in thrown))return;let{syscall,errno}=thrown;if(typeof syscall!="\
string"||typeof errno!="number"||errno>=0)return;if(syscall.startsWith("spawn"))return new KitError(thrown.message,{cause:thrown});let code="code"in thrown&&typeof thrown.
code=="string"?thrown.code:"",named=["path","dest","address"].map(key=>thrown[key]).find(value=>typeof value=="string");return new KitError(`Cannot ${syscall}${named?
` "${named}"`:""}: ${errnoText(errno)}`,{cause:thrown,hint:hints[code]})}function systemReason(thrown){let errno=thrown instanceof Error&&"errno"in thrown?thrown.
errno:void 0;return typeof errno=="number"&&errno<0?errnoText(errno):reasonOf(thrown)}function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
`);let system=fromSystemError(thrown);if(system)return renderError(system,style);if(!(thrown instanceof KitError)){let text=thrown instanceof Error?thrown.stack??
thrown.message:String(thrown);return`${label("error",style)} Unexpected failure, which is a bug in kit: ${text}`}let lines=[renderMessage("error",thrown.message,
thrown,style)];return style.trace&&lines.push(thrown.stack??"",...causes(thrown.cause)),lines.join(`
`)}function renderMessage(severity,message,{place,hint},style={}){let where=place?`${place.file}:${place.line}:${place.column}: `:"",start=`${severity}:`,text=broken(
`${start} ${harmless(`${where}${message}`)}`,style),lines=[`${label(severity,style)}${text.slice(start.length)}`];return place?.text!==void 0&&lines.push(...excerpt(
place.line,place.column,place.text)),hint&&lines.push(paint(dim,broken(`(hint: ${harmless(hint)})`,style),style)),lines.join(`
`)}var dim=[2,22],bold=[1,22],looks={error:[31,39],warning:[33,39]},paint=([on,off],text,{colour=!1})=>colour?`\x1B[${on}m${text}\x1B[${off}m`:text,label=(severity,style)=>paint(
bold,paint(looks[severity],`${severity}:`,style),style);function broken(text,{columns}){return columns===void 0?text:text.split(`
`).flatMap(line=>brokenLine(line,Math.max(columns,40))).join(`
`)}function brokenLine(line,columns){let lines=[],rest=line;for(;rest.length>columns;){let before=rest.lastIndexOf(" ",columns),at=rest.slice(0,before).trim()===
""?rest.indexOf(" ",columns):before;if(at===-1)break;lines.push(rest.slice(0,at)),rest=`  ${rest.slice(at+1)}`}return[...lines,rest]}var active=/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
function harmless(text){return text.replace(/\r\n?/g,`
`).replace(active,char=>char===`
`||char==="	"?char:`\\u${char.charCodeAt(0).toString(16).padStart(4,"0")}`)}var excerptWidth=120;function excerpt(line,column,text){let start=column>excerptWidth-
20?column-excerptWidth/2:0,number=String(line).padStart(5),shown=text.slice(start,start+excerptWidth).replace(active," ");return[`${number} | ${shown}`,`${" ".repeat(
number.length)} | ${" ".repeat(column-1-start)}^`]}function causes(cause){if(cause===void 0)return[];let rest=cause instanceof Error?causes(cause.cause):[];return[
`caused by: ${cause instanceof Error?cause.stack??cause.message:reasonOf(cause)}`,...rest]}var all2=process.getBuiltinModule("node:fs");var accessSync=all2.accessSync;var closeSync=all2.closeSync;var existsSync=all2.existsSync;var fsyncSync=all2.fsyncSync;var mkdirSync=all2.mkdirSync;var openSync=all2.openSync;var readFileSync=all2.readFileSync;var renameSync=all2.renameSync;var statSync=all2.statSync;var writeSync=all2.writeSync;var constants=all2.constants;function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}var all3=process.getBuiltinModule("node:path");var resolve=all3.resolve;var join=all3.join;var dirname=all3.dirname;var metadataFolder=()=>process.env.KIT_METADATA||"/run/config",maxBytes=1<<20;function metadataText(path2,folder=metadataFolder()){let file=join(folder,path2);try{
if(statSync(file).size>maxBytes)throw new KitError(`Cannot read "${file}": longer than ${maxBytes} bytes`);return readFileSync(file,"utf8").trim()||void 0}catch(thrown){
if(thrown instanceof KitError)throw thrown;if(codeOf(thrown)==="ENOENT"||codeOf(thrown)==="ENOTDIR")return;throw new KitError(`Cannot read "${file}": ${systemReason(
thrown)}`,{cause:thrown})}}var Unfit=class extends Error{};function readValue(row,text){if(row.type==="string"){if(row.choices&&!row.choices.includes(text))throw new Unfit(`not one of ${row.
choices.join(", ")}`);return text}if(row.type==="boolean"){if(/^(?:true|yes|1)$/i.test(text))return!0;if(/^(?:false|no|0)$/i.test(text))return!1;throw new Unfit(
"not true or false")}if(row.type==="json")return readJson(row.check,text);let{min=Number.MIN_SAFE_INTEGER,max=Number.MAX_SAFE_INTEGER}=row,form=row.type==="inte\
ger"?/^-?\d{1,15}$/:/^-?\d{1,15}(?:\.\d{1,15})?$/,number=Number(text);if(form.test(text)&&number>=min&&number<=max)return number;throw new Unfit(`not a ${row.type===
"integer"?"whole number":"number"}${rangeText(row)}`)}function rangeText({min,max}){let from=min===void 0?"":` from ${min}`;return max===void 0?from:`${from}${from===
""?" up":""} to ${max}`}function readJson(check2,text){try{return check2(JSON.parse(text))}catch(thrown){throw thrown instanceof SyntaxError?new Unfit("not JSON"):
new Unfit(thrown instanceof Error?thrown.message:String(thrown))}}var flagOf=name=>`--${name.replace(/[A-Z]/g,letter=>`-${letter.toLowerCase()}`)}`;function settle(table,flags2,sources){let errors=[],values={};for(let[name,row]of Object.
entries(table)){let given=givenFor(name,row,flags2(name),sources);!given&&row.required?errors.push(missing(name,row,sources)):values[name]=given?read(row,given,
errors):fallback(row)}if(errors.length>0)throw combineErrors(errors);return values}function givenFor(name,{env,metadata},texts,sources){if(texts)return{texts,shown:text2=>`${flagOf(
name)} ${quoted(text2)}`};let variable=env===void 0?void 0:sources.env[env];if(variable)return{texts:[variable],shown:text2=>`${env} ${quoted(text2)}`};let text=metadata===
void 0?void 0:metadataText(metadata,sources.folder);if(!(text===void 0||metadata===void 0))return{texts:[text],shown:()=>`"${join(sources.folder,metadata)}"`}}var quoted=text=>JSON.
stringify(text.length>64?`${text.slice(0,64)}\u2026`:text);function read(row,{texts,shown},errors){let values=texts.map(text=>{try{return readValue(row,text)}catch(thrown){
if(!(thrown instanceof Unfit))throw thrown;errors.push(new KitError(`Cannot use ${shown(text)}: ${thrown.message}`,{exitCode:2}));return}});return row.multiple?
values:values.at(-1)}function fallback(row){return row.default!==void 0?row.default:row.multiple?[]:row.type==="boolean"?!1:void 0}function missing(name,{env,metadata,
description},{folder}){let ways=[flagOf(name)];env!==void 0&&ways.push(`${env} in the environment`),metadata!==void 0&&ways.push(`the file "${metadata}" of the \
machine's metadata (in ${folder})`);let what=description===void 0?"":`, ${description},`;return new KitError(`Cannot start: ${flagOf(name)}${what} is missing`,{
hint:`it comes from ${ways.join(", or ")}`,exitCode:2})}function readArguments(table,options={}){let{args=process.argv.slice(2),env=process.env,folder=metadataFolder()}=options,given=parse(table,args);return settle(table,
name=>given.get(name),{env,folder})}function parse(table,args){let rows=Object.entries(table),flags2=rows.filter(([,row])=>!row.positional),positional=rows.find(
([,row])=>row.positional)?.[0];try{let{values,positionals}=parseArgs({args:[...args],options:Object.fromEntries(flags2.map(([name,row])=>[flagName(name),optionOf(
row)])),allowPositionals:positional!==void 0}),given=flags2.flatMap(([name])=>{let value=values[flagName(name)];return value===void 0?[]:[[name,[value].flat().map(
String)]]});return positional!==void 0&&positionals.length>0&&given.push([positional,positionals]),new Map(given)}catch(thrown){let[reason2]=reasonOf(thrown).split(
". ");throw new KitError(`Cannot read the arguments: ${reason2}`,{hint:flags2.length>0?`there are ${flags2.map(([name])=>flagOf(name)).join(", ")}`:"there are n\
one",exitCode:2,cause:thrown})}}var flagName=name=>flagOf(name).slice(2),optionOf=({type,multiple})=>({type:type==="boolean"?"boolean":"string",multiple:multiple??
!1});function withFields(message,fields){let line=message.replace(/[\n\r]/g,end=>end===`
`?"\\n":"\\r");return Object.keys(fields).length===0?line:`${line} ${json(fields)}`}function json(fields){try{return JSON.stringify(fields,plainValue)}catch{return JSON.stringify(Object.fromEntries(Object.entries(fields).map(([key,value])=>[key,
String(value)])))}}function plainValue(_,value){if(typeof value=="bigint")return Number.isSafeInteger(Number(value))?Number(value):String(value);if(!(value instanceof
Error))return value;let{name,message,stack,cause}=value;return{name,message,..."code"in value&&{code:value.code},stack,...cause!==void 0&&{cause}}}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];var levelPrefix=level=>`<${levels.indexOf(level)}>`;var marker="/usr/lib/kit/preload.cjs",inKit=existsSync(marker);function newLogger(marked,write2,common={}){let at=level=>(message,fields)=>{let text=withFields(message,{...common,...fields});if(marked)return write2(`${levelPrefix(
level)}${text}`);write2(`${plainNames[level]??""}${text}`,level==="warning"||level==="err"?2:1)};return{debug:at("debug"),info:at("info"),notice:at("notice"),warn:at(
"warning"),error:at("err"),with:fields=>newLogger(marked,write2,{...common,...fields})}}var plainNames={warning:"warning: ",err:"error: "},log=newLogger(inKit,printLine);var readyLine="ready";function ready(){inKit&&log.notice(readyLine)}var all4=process.getBuiltinModule("node:events");var once=all4.once;var getEventListeners=all4.getEventListeners;var errorMonitor=all4.errorMonitor;var signals={SIGTERM:15,SIGINT:2};async function runService(main,{stopTimeoutMs=8e3}={}){let abort=new AbortController,{signal}=abort,alive=setInterval(()=>{},2**
30),isDone=!1,stop=number=>{!signal.aborted&&getEventListeners(signal,"abort").length>0||process.exit(128+number),setTimeout(()=>endLate(stopTimeoutMs,isDone),stopTimeoutMs).
unref(),abort.abort()};for(let[name,number]of Object.entries(signals))process.on(name,()=>stop(number));try{await main({signal,log,ready,stopped:()=>whenAborted(
signal)})}catch(thrown){printFailure(thrown),process.exitCode=thrown instanceof KitError?thrown.exitCode:1}finally{isDone=!0,clearInterval(alive)}}function whenAborted(signal){
return signal.aborted?Promise.resolve():new Promise(resolve2=>signal.addEventListener("abort",()=>resolve2(),{once:!0}))}function endLate(stopTimeoutMs,isDone){
let open3=[...new Set(process.getActiveResourcesInfo())].filter(name=>name!=="Timeout"),why=isDone?`still open: ${open3.join(", ")||"timers"}`:"its main functio\
n has not returned";log.warn(`not stopped within ${stopTimeoutMs/1e3} s: ${why}`),process.exit(isDone?process.exitCode??0:1)}function printFailure(thrown){thrown instanceof
KitError||thrown instanceof KitErrors?printLine(renderError(thrown),2):printStack(thrown)}function printStack(thrown){let system=fromSystemError(thrown);system&&
log.error(system.message),printLine(thrown instanceof Error?thrown.stack??String(thrown):`Error: ${String(thrown)}`,2)}var limits={connections:128,logins:64,channels:64,loginTries:10};function readSettings(){let{loginGrace,...values}=readArguments({port:{type:"integer",min:0,max:65535,
default:22},listen:{type:"string"},hostKeys:{type:"string",default:"/var/lib/sshd"},authorizedKeys:{type:"string",multiple:!0,default:["/run/config/ssh/authoriz\
ed_keys","/root/.ssh/authorized_keys"]},user:{type:"string",default:"root"},home:{type:"string",default:"/root"},shell:{type:"string",default:"/bin/sh"},loginGrace:{
type:"integer",min:0,max:3600,default:60}});return{...values,loginGraceMs:1e3*loginGrace}}var all5=process.getBuiltinModule("node:crypto");var createHash=all5.createHash;var import_keyParser=__toESM(require_keyParser(),1);var kinds=[{name:"ssh_host_ed25519_key",type:"ed25519",options:{}},{name:"ssh_host_ecdsa_key",type:"ecdsa",options:{bits:256}}];async function hostKeys(folder,log2){
let keys=[];for(let kind of kinds){let path2=join(folder,kind.name);keys.push(readKey(path2,log2)??await makeKey(path2,kind,log2))}return keys}function fingerprint(blob){
return`SHA256:${createHash("sha256").update(blob).digest("base64").replace(/=+$/,"")}`}function readKey(path2,log2){let pem;try{pem=readFileSync(path2,"utf8")}catch(error){
codeOf(error)!=="ENOENT"&&log2(`cannot read host key "${path2}": ${reasonOf(error)}`);return}let key=parsePrivate(pem);if(key)return{pem,type:key.type,fingerprint:fingerprint(
key.getPublicSSH())};log2(`"${path2}" is no private key: renamed to "${path2}.broken", generating a new one`),attempt(()=>renameSync(path2,`${path2}.broken`),log2)}
function parsePrivate(pem){let key=import_keyParser.default.parseKey(pem);return key instanceof Error||!key.isPrivateKey()?void 0:key}async function makeKey(path2,{
type,options},log2){let{default:keygen}=await Promise.resolve().then(()=>__toESM(require_keygen(),1)),pair=keygen.generateKeyPairSync(type,{...options,comment:"\
kit"}),key=parsePrivate(pair.private);if(!key)throw new Error(`Cannot read back the generated ${type} key`);let saved=attempt(()=>{mkdirSync(dirname(path2),{recursive:!0,
mode:448}),writeAtomically(path2,pair.private,384),writeAtomically(`${path2}.pub`,`${pair.public.trim()}
`,420)},log2),made={pem:pair.private,type:key.type,fingerprint:fingerprint(key.getPublicSSH())},place=saved?` in ${path2}`:", not saved: lost at the next start";
return log2(`generated host key ${made.type} ${made.fingerprint}${place}`),made}function attempt(work,log2){try{return work(),!0}catch(error){return log2(`canno\
t save the host key: ${reasonOf(error)}`),!1}}function writeAtomically(path2,text,mode){let temporary=`${path2}.${process.pid}.new`,fd=openSync(temporary,"w",mode);
try{writeSync(fd,text),fsyncSync(fd)}finally{closeSync(fd)}renameSync(temporary,path2)}var all6=process.getBuiltinModule("node:net");var connect=all6.connect;var createServer=all6.createServer;var import_server=__toESM(require_server(),1);function quoted2(text,limit=64){let short=text.length>limit?`${text.slice(0,limit)}\u2026`:text;return JSON.stringify(short.replace(/[^\x20-\x7e…]/g,"?"))}var all7=process.getBuiltinModule("node:os");var constants2=all7.constants;var ChannelOutput=class{channel;#socket;#last=Promise.resolve();#wake;#closed=!1;#sent=0;#busy=!1;#closeCallbacks=[];constructor(channel,socket,session){this.channel=
channel,this.#socket=socket;let close=()=>{socket.off("close",close),this.#close()};socket.once("close",close),channel.once("close",close),session?.once("close",
close),channel.on("error",()=>{}),channel.stderr.on("error",()=>{})}onClose(callback){this.#closed?callback():this.#closeCallbacks.push(callback)}get closed(){return this.#closed}get progress(){
return this.#busy?void 0:this.#sent}async write(stream,chunk){let sending=this.#last.then(()=>this.#send(stream,chunk));return this.#last=sending,await sending,
!this.#closed}async pump(source,stream){try{for await(let chunk of source)if(!await this.write(stream,chunk))break}catch{source.destroy()}}finish(code,signal){this.#closed||
(signal!==null&&knownSignals.has(signal)?this.channel.exit(signal.slice(3),!1,""):this.channel.exit(code??128+(signal?constants2.signals[signal]:0)),this.channel.
end())}#close(){if(!this.#closed){this.#closed=!0,this.#wake?.();for(let callback of this.#closeCallbacks)callback()}}async#send(stream,chunk){if(this.#closed)return;
this.#busy=!0;let writable=stream==="stdout"?this.channel:this.channel.stderr;await this.#until(done=>writable.write(chunk,done)),Object.assign(this.channel,nothingWaiting),
this.#socket.writableNeedDrain&&await this.#until(done=>this.#socket.once("drain",done)),this.#busy=!1,this.#sent+=chunk.length}#until(start){return new Promise(
resolve2=>{if(this.#closed)return resolve2();this.#wake=resolve2,start(resolve2)})}},nothingWaiting={_chunk:void 0,_chunkcb:void 0,_chunkErr:void 0,_chunkcbErr:void 0},
knownSignals=new Set(["ABRT","ALRM","FPE","HUP","ILL","INT","KILL","PIPE","QUIT","SEGV","TERM","USR1","USR2"].map(name=>`SIG${name}`));function forwardTo(accept,reject,{destIP,destPort},socket,log2){let target=connect({host:destIP,port:destPort,allowHalfOpen:!0}),refused=error=>{log2(`cannot fo\
rward to ${quoted2(destIP)} port ${destPort}: ${codeOf(error)??reasonOf(error)}`),reject()};target.once("error",refused),target.once("connect",()=>{target.off("\
error",refused),join2(accept(),target,socket)})}function join2(channel,target,socket){if(!channel)return void target.destroy();target.setNoDelay(!0),target.on("\
error",()=>target.destroy());let output=new ChannelOutput(channel,socket),received=new Promise(resolve2=>{target.once("finish",resolve2),target.once("close",resolve2)});
output.onClose(()=>target.destroy()),channel.pipe(target);let sent=sendAll(target,output).then(()=>output.closed||channel.eof());Promise.all([sent,received]).then(
()=>output.closed||channel.end())}async function sendAll(target,output){try{for await(let chunk of target.iterator({destroyOnReturn:!1}))if(!await output.write(
"stdout",chunk))break}catch{target.destroy()}}var RemoteForwards=class{#client;#socket;#listeners=new Map;constructor(client,socket){this.#client=client,this.#socket=
socket}open(address,port,accept,reject){if(this.#listeners.size>=16){reject();return}let server=createServer({allowHalfOpen:!0});server.once("error",()=>reject()),
server.maxConnections=64,server.listen(port,"127.0.0.1",()=>{let bound=server.address(),chosen=bound!==null&&typeof bound=="object"?bound.port:port;server.on("c\
onnection",socket=>this.#deliver(socket,address,chosen)),this.#listeners.set(`${address} ${chosen}`,server),accept(chosen)})}cancel(address,port){return this.#listeners.
get(`${address} ${port}`)?.close(),this.#listeners.delete(`${address} ${port}`)}close(){for(let server of this.#listeners.values())server.close();this.#listeners.
clear()}#deliver(from,address,port){from.once("error",()=>from.destroy());let done=(error,channel)=>{error?from.destroy():join2(channel,from,this.#socket)};this.#client.
forwardOut(address,port,from.remoteAddress??"",from.remotePort??0,done)}};var import_keyParser2=__toESM(require_keyParser(),1);function parseAuthorizedKeys(text){return text.split(`
`).flatMap(line=>parseLine(line.trim())??[])}function parseLine(line){if(line===""||line.startsWith("#"))return;let plain=parseKey(line);if(plain)return{...plain,
...readOptions([])};let{options,rest}=splitOptions(line),key=options&&parseKey(rest);return key?{...key,...readOptions(options)}:void 0}function parseKey(text){
let[,type,base64,comment=""]=/^([a-z0-9@.-]+)\s+([A-Za-z0-9+/]+={0,2})(?:\s+(.*))?$/.exec(text)??[];if(type===void 0||base64===void 0)return;let blob=Buffer.from(
base64,"base64");if(!(blob.length<4+type.length||blob.readUInt32BE(0)!==type.length)&&blob.toString("latin1",4,4+type.length)===type)return{type,blob,comment}}function splitOptions(line){
let options=[],pattern=/([a-z0-9-]+)(?:="((?:[^"\\]|\\.)*)")?(,|\s+|$)/iy;for(;;){let match=pattern.exec(line);if(!match)return{options:void 0,rest:""};let[,name="",
value,end=""]=match;if(options.push({name:name.toLowerCase(),value:value?.replaceAll('\\"','"')}),end!==",")return{options,rest:line.slice(pattern.lastIndex)}}}
var withoutEffect=new Set(["no-agent-forwarding","no-x11-forwarding","no-user-rc","agent-forwarding","x11-forwarding","user-rc","no-touch-required"]);function readOptions(options){
let[terminal,forwarding,command,unsupportedOption]=[!0,!0];for(let{name,value}of options)name==="restrict"?[terminal,forwarding]=[!1,!1]:name==="pty"||name==="n\
o-pty"?terminal=name==="pty":name==="port-forwarding"||name==="no-port-forwarding"?forwarding=name==="port-forwarding":name==="command"&&value!==void 0?command=
value:withoutEffect.has(name)||(unsupportedOption=name);return{command,terminal,forwarding,unsupportedOption}}function decide(context,settings,log2){if(context.method==="none")return{kind:"list-methods"};if(context.method!=="publickey")return refuse(`method ${context.method}`);
let name=`${context.key.algo} ${fingerprint(context.key.data)}`;if(context.username!==settings.user)return refuse(name);let flaw=weakness(context);if(flaw!==void 0)
return refuse(`${name} (${flaw})`);let key=authorizedKeys(settings.authorizedKeys,log2).find(({blob})=>blob.equals(context.key.data));return key?key.unsupportedOption!==
void 0?refuse(`${name} (its option ${key.unsupportedOption} is not supported)`):context.signature?verified(context,key)?{kind:"accept",key}:refuse(`${name} (wro\
ng signature)`):{kind:"query",key}:refuse(name)}function refuse(reason2){return{kind:"refuse",reason:reason2}}var types=new Set(["ssh-ed25519","ecdsa-sha2-nistp\
256","ecdsa-sha2-nistp384","ecdsa-sha2-nistp521","ssh-rsa"]),rsaBytes=256;function weakness({key,hashAlgo}){if(!types.has(key.algo))return"unknown key type";if(key.
algo==="ssh-rsa")return key.data.length<rsaBytes?"fewer than 2048 bits":hashAlgo===void 0?"SHA-1 signature":void 0}function verified({signature,blob,hashAlgo},key){
if(!signature||!blob)return!1;let parsed=import_keyParser2.default.parseKey(`${key.type} ${key.blob.toString("base64")}`);return parsed instanceof Error?!1:parsed.
verify(blob,signature,hashAlgo)===!0}var maxFileBytes=1<<20;function authorizedKeys(files,log2){return files.flatMap(file=>{try{return parseAuthorizedKeys(readFileSync(
file,"utf8").slice(0,maxFileBytes))}catch(error){return codeOf(error)!=="ENOENT"&&codeOf(error)!=="ENOTDIR"&&log2(`cannot read "${file}": ${reasonOf(error)}`),[]}})}
var LoginAttempts=class{#refused=[];#user="";refused(user,reason2){return this.#user=user,this.#refused.push(reason2),this.#refused.length>=limits.loginTries}summary(from){
if(this.#refused.length===0)return;let tried=[...new Set(this.#refused)].join(", ");return`refused ${quoted2(this.#user)} from ${from}: ${tried}`}};function shellEnvironment(user,home,shell){return{PATH:"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",HOME:home,USER:user,LOGNAME:user,SHELL:shell}}
var shellPrompt="\\h:\\w\\$ ";function isAcceptedVariable(name,value){return/^(LANG|LANGUAGE|LC_[A-Z]+|COLORTERM|NO_COLOR)$/.test(name)&&value.length<=256&&!value.includes("\0")}function sessionEnvironment(options){
let{user,home,shell,socket,variables,originalCommand,device,term}=options,{remoteAddress="",remotePort=0,localAddress="",localPort=0}=socket,env={...variables,...shellEnvironment(
user,home,shell),SSH_CLIENT:`${remoteAddress} ${remotePort} ${localPort}`,SSH_CONNECTION:`${remoteAddress} ${remotePort} ${localAddress} ${localPort}`};return originalCommand!==
void 0&&(env.SSH_ORIGINAL_COMMAND=originalCommand),device!==void 0&&Object.assign(env,{SSH_TTY:device,TERM:term??"vt220",PS1:shellPrompt}),env}var all8=process.getBuiltinModule("node:ffi");var DynamicLibrary=all8.DynamicLibrary;var getInt32=all8.getInt32;var SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){let code=errnoName(errno);super(`${syscall}${subject===
void 0?"":` "${subject}"`}: ${reason(errno)} (${code})`),this.syscall=syscall,this.code=code,this.errno=errno}},names=new Map(Object.entries(constants2.errno).reverse().
map(([name,value])=>[value,name]));function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(-errno)??
"failed"}catch{return"failed"}}var loaded=new DynamicLibrary(null);function bindFunctions(definitions){let functions={};for(let[name,signature]of Object.entries(
definitions))Object.defineProperty(functions,name,{get:()=>{let value=loaded.getFunction(name,signature);return Object.defineProperty(functions,name,{value}),value},
configurable:!0});return functions}var{__errno_location}=bindFunctions({__errno_location:{arguments:[],return:"pointer"}}),errnoAddress=__errno_location();function check(syscall,result,subject){
if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}var libc=bindFunctions({waitpid:{arguments:["int32","pointer","int32"],return:"int32"}});function signalGroup({pid,exitCode,signalCode},signal){pid!==void 0&&exitCode===null&&signalCode===null&&signalProcess(-pid,signal)}function signalProcess(pid,signal){
try{return process.kill(pid,signal),!0}catch{return!1}}var all9=process.getBuiltinModule("node:child_process");var spawn=all9.spawn;function notStarted(thrown,attempt2){let code=codeOf(thrown)??"";if(code==="ERR_INVALID_ARG_VALUE")return{missing:!0,reason:"that names no program"};if(!lookedFor.
has(code))return{missing:!1,reason:systemReason2(code)??reasonOf(thrown)};let{file,cwd}=attempt2;if(cwd!==void 0&&!isFolder(cwd))return{missing:!1,reason:`there\
 is no folder "${cwd}" to run it in`};let found=candidates(attempt2).map(path2=>({path:path2,state:look(path2)})),first=state=>found.find(one=>one.state===state)?.
path,there=first("program");if(there!==void 0&&(code==="ENOENT"||lacksInterpreter(there)))return{missing:!1,reason:`the interpreter of ${called(there,file)} is \
not there`};let refused=first("refused")??there;if(refused!==void 0)return{missing:!1,reason:`${called(refused,file)} may not be executed`};let closed=first("cl\
osed");return{missing:!0,reason:closed===void 0?notThere:`${notThere} (${closedTo(closed)})`}}function systemReason2(code){let number=new Map(Object.entries(constants2.
errno)).get(code);return number===void 0?void 0:errnoText(-number)}var lookedFor=new Set(["ENOENT","EACCES","ENOTDIR"]),notThere="it is not there",closedTo=path2=>`\
this user may not look into "${dirname(path2)}"`,called=(path2,file)=>path2===file?"it":`"${path2}"`;function candidates({file,env=process.env,cwd="."}){return file.
includes("/")?[file.startsWith("/")?file:resolve(cwd,file)]:(env.PATH??"/bin:/usr/bin").split(":").map(folder=>resolve(cwd,join(folder||".",file)))}function look(path2){
try{if(!statSync(path2).isFile())return"refused"}catch(thrown){return codeOf(thrown)==="EACCES"?"closed":"absent"}try{return accessSync(path2,constants.X_OK),"p\
rogram"}catch{return"refused"}}function lacksInterpreter(path2){try{let[,interpreter]=/^#![ \t]*(\/\S+)/.exec(readFileSync(path2,"latin1"))??[];return interpreter!==
void 0&&look(interpreter)==="absent"}catch{return!1}}function isFolder(path2){try{return statSync(path2).isDirectory()}catch{return!1}}var spawnProgram=((file,args,options)=>{let explain=thrown=>{thrown instanceof Error&&codeOf(thrown)!=="ABORT_ERR"&&(thrown.message=`Cannot run "${file}": ${notStarted(
thrown,attemptOf(file,options)).reason}`)};try{let child=spawn(file,[...args],options);return child.on(errorMonitor,thrown=>{child.pid===void 0&&explain(thrown)})}catch(thrown){
throw explain(thrown),thrown}});function attemptOf(file,{env,cwd}){return{file,env,cwd:cwd instanceof URL?cwd.pathname:cwd}}var all10=process.getBuiltinModule("node:tty");var ReadStream=all10.ReadStream;var libc2=bindFunctions({ioctl:{arguments:["int32","uint64","pointer"],return:"int32"}});function ioctl(name,fd,request,argument,subject){return check(`ioctl ${name}`,
libc2.ioctl(fd,BigInt(request),argument),subject)}var TCGETS=21505,TCSETSW=21507,words={input:0,output:4,control:8,local:12},controlCharacters=17,flags={IGNPAR:["input",4],PARMRK:["input",8],INPCK:["input",16],
ISTRIP:["input",32],INLCR:["input",64],IGNCR:["input",128],ICRNL:["input",256],IUCLC:["input",512],IXON:["input",1024],IXANY:["input",2048],IXOFF:["input",4096],
IMAXBEL:["input",8192],IUTF8:["input",16384],OPOST:["output",1],OLCUC:["output",2],ONLCR:["output",4],OCRNL:["output",8],ONOCR:["output",16],ONLRET:["output",32],
CREAD:["control",128],CLOCAL:["control",2048],ISIG:["local",1],ICANON:["local",2],XCASE:["local",4],ECHO:["local",8],ECHOE:["local",16],ECHOK:["local",32],ECHONL:[
"local",64],NOFLSH:["local",128],TOSTOP:["local",256],ECHOCTL:["local",512],ECHOKE:["local",2048],IEXTEN:["local",32768]},characters={VINTR:0,VQUIT:1,VERASE:2,VKILL:3,
VEOF:4,VSTART:8,VSTOP:9,VSUSP:10,VEOL:11,VREPRINT:12,VDISCARD:13,VWERASE:14,VLNEXT:15,VEOL2:16},saneModes={...onOff(["CREAD","ICRNL","IXON","IUTF8","OPOST","ONL\
CR"],!0),...onOff(["ISIG","ICANON","IEXTEN","ECHO","ECHOE","ECHOK","ECHOCTL","ECHOKE"],!0),...onOff(["IGNCR","INLCR","ISTRIP","IXOFF","IUCLC","OCRNL","ONOCR","O\
NLRET","OLCUC"],!1),...onOff(["XCASE","ECHONL","NOFLSH","TOSTOP"],!1),VINTR:3,VQUIT:28,VERASE:127,VKILL:21,VEOF:4,VSTART:17,VSTOP:19,VSUSP:26,VEOL:0,VREPRINT:18,
VDISCARD:15,VWERASE:23,VLNEXT:22,VEOL2:0};function setTerminalModes(fd,modes){let termios=Buffer.alloc(36);ioctl("TCGETS",fd,TCGETS,termios),applyModes(termios,
modes),ioctl("TCSETSW",fd,TCSETSW,termios)}function applyModes(termios,modes){for(let[name,value]of Object.entries(modes))value!==void 0&&(isKey(flags,name)?setFlag(
termios,flags[name],!!value):isKey(characters,name)&&setCharacter(termios,characters[name],Number(value)))}function setFlag(termios,[word,bit],on){let old=termios.
readUInt32LE(words[word]);termios.writeUInt32LE((on?old|bit:old&~bit)>>>0,words[word])}function setCharacter(termios,index,value){termios[controlCharacters+index]=
value===255?0:value}function isKey(table,name){return Object.hasOwn(table,name)}function onOff(names2,on){return Object.fromEntries(names2.map(name=>[name,on]))}var libc3=bindFunctions({posix_openpt:{arguments:["int32"],return:"int32"},grantpt:{arguments:["int32"],return:"int32"},unlockpt:{arguments:["int32"],return:"in\
t32"},ptsname_r:{arguments:["int32","pointer","uint64"],return:"int32"}});var TIOCSWINSZ=21524,O_CLOEXEC=524288;function openPty(size,modes={}){let fd=check("posix_openpt",libc3.posix_openpt(constants.O_RDWR|constants.O_NOCTTY|O_CLOEXEC));
try{check("grantpt",libc3.grantpt(fd)),check("unlockpt",libc3.unlockpt(fd));let path2=slavePath(fd);setWindowSize(fd,size),setTerminalModes(fd,modes);let stream=new ReadStream(
fd);return{stream,path:path2,resize:to=>{stream.destroyed||setWindowSize(fd,to)}}}catch(thrown){throw closeSync(fd),thrown}}function slavePath(fd){let name=Buffer.
alloc(64);if(libc3.ptsname_r(fd,name,BigInt(name.length))!==0)throw new Error("ptsname_r: no such terminal");return name.toString("latin1",0,name.indexOf(0))}function setWindowSize(fd,{
rows,columns,width=0,height=0}){let size=Buffer.alloc(8);for(let[index,value]of[rows,columns,width,height].entries())size.writeUInt16LE(Math.min(Math.max(value,
0),65535),2*index);ioctl("TIOCSWINSZ",fd,TIOCSWINSZ,size)}function spawnOnTerminal(device,program){let{file,args,env,cwd}=program;return spawnProgram("/bin/sh",["-c",'exec <>"$0" >&0 2>&0; exec "$@"',device,file,...args],
{detached:!0,stdio:"ignore",env,cwd})}function runOnPipes(output,program){let{channel}=output,{file,args,env,cwd}=program,child=spawnProgram(file,[...args],{detached:!0,stdio:"pipe",env,cwd});channel.
pipe(child.stdin),child.stdin.on("error",()=>{channel.unpipe(child.stdin),channel.resume()}),output.onClose(()=>hangUp(child));let pumps=[output.pump(child.stdout,
"stdout"),output.pump(child.stderr,"stderr")],ended=finishOnExit(child,output,Promise.all(pumps));return{signal:name=>signalGroup(child,name),resize:()=>{},ended}}
function runOnTerminal(output,{size,modes},program){let{channel}=output,{stream,path:path2,resize}=openPty(size,modes),child=spawnOnTerminal(path2,program(path2));
stream.on("error",()=>stream.destroy()),channel.pipe(stream,{end:!1}),channel.once("end",()=>stream.destroyed||stream.write("")),output.onClose(()=>{hangUp(child),
stream.destroy()});let pump=output.pump(stream,"stdout");return child.once("exit",()=>closeWhenQuiet(output,()=>stream.destroy(),pump)),{signal:name=>signalGroup(
child,name),resize,ended:finishOnExit(child,output,pump)}}async function finishOnExit(child,output,sent){try{let[[code,signal]]=await Promise.all([once(child,"e\
xit"),sent]);output.finish(code,signal)}catch(thrown){await output.write("stderr",Buffer.from(`${reasonOf(thrown)}\r
`)),output.finish(127,null)}}var quietMs=100;function closeWhenQuiet(output,close,ended){let before=output.progress,timer=setInterval(()=>{let now=output.progress;
now!==void 0&&now===before&&close(),before=now},quietMs);ended.finally(()=>clearInterval(timer))}function hangUp(child){signalGroup(child,"SIGHUP");for(let stream of child.
stdio)stream?.destroy()}var all11=process.getBuiltinModule("node:stream");var Writable=all11.Writable;var requestTypes={init:1,open:3,close:4,read:5,write:6,lstat:7,fstat:8,setstat:9,fsetstat:10,opendir:11,readdir:12,remove:13,mkdir:14,rmdir:15,realpath:16,stat:17,
rename:18,readlink:19,symlink:20,extended:200},replyTypes={version:2,status:101,handle:102,data:103,name:104,attrs:105,extended:201},statusCodes={ok:0,eof:1,noSuchFile:2,
permissionDenied:3,failure:4,badMessage:5,unsupported:8},maxPacketBytes=256*1024,MalformedPacket=class extends Error{name="MalformedPacket"},FieldReader=class{#bytes;#at=0;constructor(bytes){
this.#bytes=bytes}get left(){return this.#bytes.length-this.#at}u32(){return this.#bytes.readUInt32BE(this.#take(4))}u64(){let value=this.#bytes.readBigUInt64BE(
this.#take(8));if(value>BigInt(Number.MAX_SAFE_INTEGER))throw new MalformedPacket("number too large");return Number(value)}bytes(){let length=this.u32(),start=this.#take(
length);return this.#bytes.subarray(start,start+length)}text(){return this.bytes().toString("utf8")}path(){let path2=this.bytes();if(path2.includes(0))throw new MalformedPacket(
"path contains NUL");return path2}#take(count){if(count>this.left)throw new MalformedPacket("packet too short");return this.#at+=count,this.#at-count}};function u32(value){
let bytes=Buffer.allocUnsafe(4);return bytes.writeUInt32BE(value),bytes}function u64(value){let bytes=Buffer.allocUnsafe(8);return bytes.writeBigUInt64BE(BigInt(
value)),bytes}function field(value){let bytes=typeof value=="string"?Buffer.from(value):value;return Buffer.concat([u32(bytes.length),bytes])}function packet(type,...parts){
let length=parts.reduce((sum,part)=>sum+part.length,1);return Buffer.concat([u32(length),Buffer.of(type),...parts])}var PacketSplitter=class{#buffered=[];#bufferedBytes=0;#needed=4;push(chunk){
if(this.#buffered.push(chunk),this.#bufferedBytes+=chunk.length,this.#bufferedBytes<this.#needed)return[];let packets=[],rest=this.#buffered.length===1?chunk:Buffer.
concat(this.#buffered);for(let size=packetSize(rest);rest.length>=size;size=packetSize(rest))packets.push(rest.subarray(4,size)),rest=rest.subarray(size);return[
this.#buffered,this.#bufferedBytes,this.#needed]=[[rest],rest.length,packetSize(rest)],packets}};function packetSize(bytes){if(bytes.length<4)return 5;let length=bytes.
readUInt32BE(0);if(length===0||length>maxPacketBytes)throw new MalformedPacket(`packet of ${length} bytes`);return 4+length}var SftpError=class extends Error{name="SftpError";status;constructor(status2,message){super(message),this.status=status2}},byCode={ENOENT:statusCodes.noSuchFile,
ENOTDIR:statusCodes.noSuchFile,ELOOP:statusCodes.noSuchFile,EACCES:statusCodes.permissionDenied,EPERM:statusCodes.permissionDenied,EROFS:statusCodes.permissionDenied,
EOPNOTSUPP:statusCodes.unsupported,ENOSYS:statusCodes.unsupported};function asSftpError(thrown){if(thrown instanceof SftpError)return thrown;if(thrown instanceof
MalformedPacket)return new SftpError(statusCodes.badMessage,thrown.message);let code=codeOf(thrown),errno=thrown instanceof Error&&"errno"in thrown?thrown.errno:
void 0,message=typeof errno=="number"&&errno<0?getSystemErrorMessage(errno):"failure";return new SftpError(byCode[code??""]??statusCodes.failure,message)}var all12=process.getBuiltinModule("node:fs/promises");var open=all12.open;var rename=all12.rename,truncate=all12.truncate;var rmdir=all12.rmdir,mkdir=all12.mkdir,readdir=all12.readdir,readlink=all12.readlink,symlink=all12.symlink,lstat=all12.lstat,stat=all12.stat,statfs=all12.statfs,
link=all12.link,unlink=all12.unlink,chmod=all12.chmod;var lchown=all12.lchown,chown=all12.chown,utimes=all12.utimes,lutimes=all12.lutimes,realpath=all12.realpath;var SIZE=1,OWNER=2,MODE=4,TIMES=8,EXTENDED=2147483648;function readAttributes(fields){let flags2=fields.u32(),size=flags2&SIZE?{size:fields.u64()}:{},owner=flags2&
OWNER?{owner:{uid:fields.u32(),gid:fields.u32()}}:{},mode=flags2&MODE?{mode:fields.u32()}:{},times=flags2&TIMES?{times:{access:fields.u32(),modification:fields.
u32()}}:{};return flags2&EXTENDED&&skipExtensions(fields),{...size,...owner,...mode,...times}}function skipExtensions(fields){for(let count=fields.u32();count>0;count--)
fields.bytes(),fields.bytes()}function writeAttributes({size,owner,mode,times}){let flags2=(size===void 0?0:SIZE)|(owner?OWNER:0)|(mode===void 0?0:MODE)|(times?
TIMES:0);return Buffer.concat([u32(flags2),...size===void 0?[]:[u64(size)],...owner?[u32(owner.uid),u32(owner.gid)]:[],...mode===void 0?[]:[u32(mode)],...times?
[u32(times.access),u32(times.modification)]:[]])}function attributesOf(stats){let times={access:seconds(stats.atimeMs),modification:seconds(stats.mtimeMs)};return{
size:stats.size,owner:{uid:stats.uid,gid:stats.gid},mode:stats.mode,times}}function seconds(ms){return Math.min(Math.max(Math.floor(ms/1e3),0),4294967295)}var types2=new Map(
[[constants.S_IFDIR,"d"],[constants.S_IFLNK,"l"],[constants.S_IFCHR,"c"],[constants.S_IFBLK,"b"],[constants.S_IFIFO,"p"],[constants.S_IFSOCK,"s"]]);function longName(name,stats){
return`${[`${types2.get(stats.mode&constants.S_IFMT)??"-"}${permissions(stats.mode)}`,String(stats.nlink).padStart(4),String(stats.uid).padEnd(8),String(stats.gid).
padEnd(8),String(stats.size).padStart(10),date(stats.mtimeMs)].join(" ")} ${name}`}function permissions(mode){return[6,3,0].map(shift=>{let bits=mode>>shift&7;return`${bits&
4?"r":"-"}${bits&2?"w":"-"}${bits&1?"x":"-"}`}).join("")}function date(ms){let when=new Date(ms);return`${when.toLocaleString("en-US",{month:"short",timeZone:"U\
TC"})} ${String(when.getUTCDate()).padStart(2)} ${String(when.getUTCFullYear()).padStart(5)}`}var maxHandles=128,Handles=class{#open=new Map;#last=0;add(entry){return this.#last=this.#last+1>>>0,this.#open.set(this.#last,entry),u32(this.#last)}assertRoom(){
if(this.#open.size>=maxHandles)throw new SftpError(statusCodes.failure,"too many open handles")}file(handle){let entry=this.#get(handle);if(entry.kind!=="file")
throw new SftpError(statusCodes.failure,"the handle is a directory");return entry}directory(handle){let entry=this.#get(handle);if(entry.kind!=="directory")throw new SftpError(
statusCodes.failure,"the handle is a file");return entry}async close(handle){let entry=this.#get(handle);this.#open.delete(handle.readUInt32BE()),entry.kind==="\
file"&&await entry.file.close()}async closeAll(){let entries=[...this.#open.values()];this.#open.clear(),await Promise.allSettled(entries.map(entry=>entry.kind===
"file"?entry.file.close():void 0))}#get(handle){if(handle.length!==4)throw new MalformedPacket("not a handle of this server");let entry=this.#open.get(handle.readUInt32BE());
if(!entry)throw new SftpError(statusCodes.failure,"no such handle");return entry}};var slash=47;function absolute(path2,home){return path2[0]===slash?path2:path2.length===0?Buffer.from(home):join3(Buffer.from(home),path2)}function path(fields,{
home}){return absolute(fields.path(),home)}function join3(folder,name){return Buffer.concat([folder,Buffer.from("/"),name])}async function resolvePath(path2){try{
return await real(path2)}catch(error){let clean=withoutSlashes(path2),cut=clean.lastIndexOf(slash),name=clean.subarray(cut+1);if(codeOf(error)!=="ENOENT"||cut<0||
[".",".."].includes(name.toString("latin1")))throw error;let folder=await real(cut===0?Buffer.from("/"):clean.subarray(0,cut));return folder.length===1?Buffer.concat(
[folder,name]):join3(folder,name)}}function withoutSlashes(path2){let end=path2.length;for(;end>1&&path2[end-1]===slash;)end--;return path2.subarray(0,end)}function real(path2){
return realpath(path2,{encoding:"buffer"})}var namesPerReply=100;async function openDirectory(fields,id,state){let folder=path(fields,state);state.handles.assertRoom();let found=await readdir(folder,{encoding:"\
buffer"}),all13=[Buffer.from("."),Buffer.from(".."),...found];return packet(replyTypes.handle,id,field(state.handles.add({kind:"directory",path:folder,names:all13})))}
async function readDirectory(fields,id,{handles}){let directory=handles.directory(fields.bytes()),next=directory.names.splice(0,namesPerReply);if(next.length===
0)throw new SftpError(statusCodes.eof,"end of directory");let entries=await Promise.all(next.map(name=>directoryEntry(directory.path,name)));return nameReply(id,
entries)}async function directoryEntry(folder,name){let stats=await lstat(join3(folder,name)).catch(()=>{});return stats?{name,stats}:{name}}function nameReply(id,entries){
let parts=entries.flatMap(({name,stats})=>[field(name),field(stats?longName(name.toString(),stats):name),writeAttributes(stats?attributesOf(stats):{})]);return packet(
replyTypes.name,id,u32(entries.length),...parts)}async function makeDirectory(fields,_id,state){let name=path(fields,state),{mode=511}=readAttributes(fields);await mkdir(
name,{mode:mode&4095})}async function rename2(fields,_id,state){let[from,to]=[path(fields,state),path(fields,state)];if(await lstat(to).catch(error=>{if(codeOf(
error)!=="ENOENT")throw error}))throw new SftpError(statusCodes.failure,"the target exists");await rename(from,to)}async function realPath(fields,id,state){return nameReply(
id,[{name:await resolvePath(path(fields,state))}])}async function readLink(fields,id,state){return nameReply(id,[{name:await readlink(path(fields,state),{encoding:"\
buffer"})}])}async function makeLink(fields,_id,state){let target=fields.path();await symlink(target,path(fields,state))}var maxReadBytes=255*1024,openFlags={read:1,write:2,append:4,create:8,truncate:16,exclusive:32},handlers=new Map([[requestTypes.open,open2],[requestTypes.close,
async(fields,_id,{handles})=>{await handles.close(fields.bytes())}],[requestTypes.read,read2],[requestTypes.write,write],[requestTypes.stat,async(fields,id,state)=>attributes(
id,await stat(path(fields,state)))],[requestTypes.lstat,async(fields,id,state)=>attributes(id,await lstat(path(fields,state)))],[requestTypes.fstat,async(fields,id,{
handles})=>attributes(id,await handles.file(fields.bytes()).file.stat())],[requestTypes.setstat,setAttributes],[requestTypes.fsetstat,setOpenAttributes],[requestTypes.
opendir,openDirectory],[requestTypes.readdir,readDirectory],[requestTypes.remove,async(fields,_id,state)=>{await unlink(path(fields,state))}],[requestTypes.mkdir,
makeDirectory],[requestTypes.rmdir,async(fields,_id,state)=>{await rmdir(path(fields,state))}],[requestTypes.realpath,realPath],[requestTypes.rename,rename2],[requestTypes.
readlink,readLink],[requestTypes.symlink,makeLink]]);async function open2(fields,id,state){let name=path(fields,state),flags2=fields.u32(),{mode=438}=readAttributes(
fields);state.handles.assertRoom();let file=await open(name,systemFlags(flags2),mode&4095),handle=state.handles.add({kind:"file",file,append:(flags2&openFlags.append)!==
0});return packet(replyTypes.handle,id,field(handle))}function systemFlags(flags2){let[reads,writes]=[flags2&openFlags.read,flags2&(openFlags.write|openFlags.append)];
return(writes?reads?constants.O_RDWR:constants.O_WRONLY:constants.O_RDONLY)|(flags2&openFlags.append?constants.O_APPEND:0)|(flags2&openFlags.create?constants.O_CREAT:
0)|(flags2&openFlags.truncate?constants.O_TRUNC:0)|(flags2&openFlags.exclusive?constants.O_EXCL:0)|constants.O_NONBLOCK|constants.O_NOCTTY}async function read2(fields,id,{
handles}){let{file}=handles.file(fields.bytes()),position=fields.u64(),length=Math.min(fields.u32(),maxReadBytes),reply=Buffer.allocUnsafe(13+length),{bytesRead}=await file.
read(reply,13,length,position);if(bytesRead===0&&length>0)throw new SftpError(statusCodes.eof,"end of file");return reply.writeUInt32BE(9+bytesRead,0),reply[4]=
replyTypes.data,id.copy(reply,5),reply.writeUInt32BE(bytesRead,9),reply.subarray(0,13+bytesRead)}async function write(fields,_id,{handles}){let{file,append}=handles.
file(fields.bytes()),position=fields.u64(),data=fields.bytes();for(let done=0;done<data.length;){let{bytesWritten}=await file.write(data,done,data.length-done,append?
null:position+done);done+=bytesWritten}}function attributes(id,stats){return packet(replyTypes.attrs,id,writeAttributes(attributesOf(stats)))}async function setAttributes(fields,_id,state){
let name=path(fields,state);await change(readAttributes(fields),{truncate:size=>truncate(name,size),chmod:mode=>chmod(name,mode),utimes:(access,modification)=>utimes(
name,access,modification),chown:(uid,gid)=>chown(name,uid,gid)})}async function setOpenAttributes(fields,_id,{handles}){let{file}=handles.file(fields.bytes());await change(
readAttributes(fields),file)}async function change({size,mode,times,owner},file){size!==void 0&&await file.truncate(size),mode!==void 0&&await file.chmod(mode&4095),
times&&await file.utimes(times.access,times.modification),owner&&await file.chown(owner.uid,owner.gid)}var extensions={"posix-rename@openssh.com":["1",rename3],"hardlink@openssh.com":["1",link2],"fsync@openssh.com":["1",async(fields,_id,{handles})=>handles.file(fields.
bytes()).file.sync()],"lsetstat@openssh.com":["1",setLinkAttributes],"statvfs@openssh.com":["2",statFilesystem],"limits@openssh.com":["1",sendLimits]};function version(){
let pairs=Object.entries(extensions).flatMap(([name,[number]])=>[field(name),field(number)]);return packet(replyTypes.version,Buffer.of(0,0,0,3),...pairs)}async function extended(fields,id,state){
let name=fields.text(),known=Object.hasOwn(extensions,name)?extensions[name]:void 0;if(!known)throw new SftpError(statusCodes.unsupported,"unknown extension");return known[1](
fields,id,state)}async function rename3(fields,_id,state){await rename(path(fields,state),path(fields,state))}async function link2(fields,_id,state){await link(
path(fields,state),path(fields,state))}async function setLinkAttributes(fields,_id,state){let name=path(fields,state),unsupported=()=>{throw new SftpError(statusCodes.
unsupported,"not supported for a symbolic link")};await change(readAttributes(fields),{truncate:unsupported,chmod:unsupported,utimes:(access,modification)=>lutimes(
name,access,modification),chown:(uid,gid)=>lchown(name,uid,gid)})}async function statFilesystem(fields,id,state){let found=await statfs(path(fields,state)),{bsize,
blocks,bfree,bavail,files,ffree}=found,values=[bsize,bsize,blocks,bfree,bavail,files,ffree,ffree,0,0,255];return packet(replyTypes.extended,id,...values.map(u64))}
async function sendLimits(_fields,id){let values=[maxPacketBytes,maxReadBytes,maxReadBytes,maxHandles];return packet(replyTypes.extended,id,...values.map(u64))}function serveSftp(output,home){let state={handles:new Handles,home},{channel}=output,sink=requestSink(output,state);return output.onClose(()=>sink.destroy()),channel.
pipe(sink),new Promise(resolve2=>{let done=status2=>{state.handles.closeAll(),output.finish(status2,null),resolve2()};sink.once("error",()=>done(1)),sink.once("\
close",()=>sink.errored||done(0))})}function requestSink(output,state){let splitter=new PacketSplitter,answerAll=async chunk=>{for(let request of splitter.push(
chunk))await output.write("stdout",await answer(request,state))};return new Writable({write:(chunk,_encoding,callback)=>{answerAll(chunk).then(()=>callback(),callback)}})}
async function answer(request,state){let type=request[0]??0;if(type===requestTypes.init)return version();let fields=new FieldReader(request.subarray(1)),id=u32(
fields.u32());try{let handler=type===requestTypes.extended?extended:handlers.get(type);if(!handler)throw new SftpError(statusCodes.unsupported,`request ${type} \
is not supported`);return await handler(fields,id,state)??status(id,statusCodes.ok,"ok")}catch(thrown){let error=asSftpError(thrown);return status(id,error.status,
error.message)}}function status(id,code,message){return packet(replyTypes.status,id,u32(code),field(message),field("en"))}var SessionServer=class{#session;#context;#variables={};#terminal;#running;constructor(session,context){this.#session=session,this.#context=context,session.on("\
env",(accept,reject,{key,val})=>{if(!isAcceptedVariable(key,val))return reject?.();this.#variables[key]=val,accept?.()}),session.on("pty",(accept,reject,info)=>(this.#requestTerminal(
info)?accept:reject)?.()),session.on("window-change",(accept,_reject,info)=>{this.#running?.resize(sizeOf(info)),accept?.()}),session.on("signal",(accept,_reject,{
name})=>{`SIG${name}`in constants2.signals&&this.#running?.signal(`SIG${name}`),accept?.()}),session.on("shell",accept=>this.#start(accept(),void 0)),session.on(
"exec",(accept,_reject,{command})=>this.#start(accept(),command)),session.on("subsystem",(accept,reject,{name})=>{if(name!=="sftp")return reject?.();if(this.#context.
key.command!==void 0)return this.#start(accept(),name);let channel=accept();channel&&serveSftp(this.#output(channel),this.#context.home)})}#requestTerminal({term,
modes,...size}){if(!this.#context.key.terminal)return!1;let name=/^[\w.+-]{1,64}$/.test(term)?term:"vt220";return this.#terminal={name,size:sizeOf(size),modes:{
...modes}},!0}#start(channel,requestedCommand){if(!channel)return;let output=this.#output(channel);try{this.#running=this.#run(output,requestedCommand)}catch(error){
this.#context.log(`cannot start a program: ${reasonOf(error)}`),output.finish(127,null)}}#run(output,requestedCommand){let{key,shell}=this.#context,command=key.
command??requestedCommand,args=command===void 0?["-l"]:["-c",command],originalCommand=key.command===void 0?void 0:requestedCommand,terminal=this.#terminal;return terminal?
runOnTerminal(output,terminal,device=>this.#program(shell,args,{originalCommand,device,term:terminal.name})):runOnPipes(output,this.#program(shell,args,{originalCommand}))}#program(file,args,more){
let{home}=this.#context,env=sessionEnvironment({...this.#context,...more,variables:this.#variables});return{file,args,env,cwd:existsSync(home)?home:"/"}}#output(channel){
return new ChannelOutput(channel,this.#context.socket,this.#session)}};function sizeOf({rows,cols,width,height}){return{rows,columns:cols,width,height}}var ConnectionServer=class{#client;#context;#attempts=new LoginAttempts;#key;#channels=0;constructor(client,context){this.#client=client,this.#context=context,client.
on("authentication",request=>this.#authenticate(request)),client.once("ready",()=>this.#serve()),client.once("error",error=>this.#handleError(error)),client.on(
"error",()=>{}),client.once("close",()=>this.#logEnd())}#authenticate(request){let{settings,log:log2}=this.#context,decision=decide(request,settings,log2);decision.
kind==="accept"&&(this.#key=decision.key),decision.kind==="accept"||decision.kind==="query"?request.accept():request.reject(["publickey"]),decision.kind==="refu\
se"&&this.#attempts.refused(request.username,decision.reason)&&this.#client.end()}#serve(){let{settings,socket,from,log:log2,loggedIn}=this.#context,key=this.#key;
if(!key)return void this.#client.end();loggedIn();let comment=key.comment===""?"":` ${quoted2(key.comment)}`;log2(`${settings.user} logged in from ${from} with ${key.
type} ${fingerprint(key.blob)}${comment}`);let context={...settings,key,socket,log:log2};this.#client.on("session",(accept,reject)=>{if(!this.#reserveChannel())
return reject();let session=accept();new SessionServer(session,context),session.once("close",()=>this.#channels--)}),this.#serveForwards(key.forwarding)}#serveForwards(allowed){
let{socket,log:log2}=this.#context;this.#client.on("tcpip",(accept,reject,info)=>{if(!allowed||!this.#reserveChannel())return reject();forwardTo(()=>{let channel=accept();
return channel.once("close",()=>this.#channels--),channel},()=>{this.#channels--,reject()},info,socket,log2)});let forwards=new RemoteForwards(this.#client,socket);
this.#client.once("close",()=>forwards.close()),this.#client.on("request",(accept,reject,name,info)=>{let{bindAddr,bindPort}=info,refuse2=()=>reject?.();allowed?
name==="tcpip-forward"?forwards.open(bindAddr,bindPort,port=>accept?.(port),refuse2):name==="cancel-tcpip-forward"&&forwards.cancel(bindAddr,bindPort)?accept?.():
refuse2():refuse2()})}#reserveChannel(){return this.#channels>=limits.channels?!1:(this.#channels++,!0)}#handleError(error){let{from,log:log2}=this.#context;this.#key||
log2(`connection from ${from} failed: ${reasonOf(error)}`)}#logEnd(){let{settings,from,log:log2}=this.#context,summary=this.#key?`${settings.user} from ${from} \
disconnected`:this.#attempts.summary(from);summary!==void 0&&log2(summary)}};var algorithms={kex:["curve25519-sha256","curve25519-sha256@libssh.org","ecdh-sha2-nistp256","ecdh-sha2-nistp384"],cipher:["aes128-gcm@openssh.com","aes256-gcm@\
openssh.com","aes256-ctr","aes128-ctr"],hmac:["hmac-sha2-256-etm@openssh.com","hmac-sha2-512-etm@openssh.com","hmac-sha2-256","hmac-sha2-512"],compress:["none"]},
keepaliveMs=3e4,SshListener=class{#settings;#log;#ssh;#net;#sockets=new Map;#logins=new Map;constructor(settings,keys,log2){this.#settings=settings,this.#log=log2;
let config={hostKeys:keys.map(({pem})=>pem),algorithms,keepaliveInterval:keepaliveMs};this.#ssh=new import_server.default({...config,keepaliveCountMax:3,ident:"\
kit"}),this.#ssh.on("connection",(client,{ip,port})=>{let from=endpointText(ip,port),socket=this.#sockets.get(from);if(!socket)return void client.end();let loggedIn=()=>this.#loggedIn(
from);new ConnectionServer(client,{settings,socket,from,log:log2,loggedIn})}),this.#net=createServer(socket=>this.#accept(socket))}async listen(){let{port,listen:host}=this.#settings;
this.#net.listen(host===void 0?{port}:{port,host}),await once(this.#net,"listening");let address=this.#net.address();return address!==null&&typeof address=="obj\
ect"?address.port:port}close(){this.#net.close();for(let socket of this.#sockets.values())socket.destroy()}#accept(socket){let from=endpointText(socket.remoteAddress,
socket.remotePort);if(this.#sockets.size>=limits.connections||this.#logins.size>=limits.logins)return this.#log(`refused connection from ${from}: too many conne\
ctions`),void socket.destroy();socket.setNoDelay(!0),socket.setMaxListeners(0),this.#sockets.set(from,socket),this.#logins.set(from,this.#startGraceTimer(socket,
from)),socket.once("close",()=>{this.#sockets.delete(from),this.#loggedIn(from)}),this.#ssh.injectSocket(socket)}#startGraceTimer(socket,from){return setTimeout(
()=>{this.#log(`closed connection from ${from}: no login in time`),socket.destroy()},this.#settings.loginGraceMs)}#loggedIn(from){clearTimeout(this.#logins.get(
from)),this.#logins.delete(from)}};function endpointText(ip,port){let address=(ip??"unknown").replace(/^::ffff:/,"");return address.includes(":")?`[${address}]:${port}`:
`${address}:${port}`}await runService(async({signal,log:log2})=>{let settings=readSettings(),keys=await hostKeys(settings.hostKeys,log2.info),listener=new SshListener(settings,keys,
log2.info),port=await listener.listen(),names2=keys.map(({type,fingerprint:fingerprint2})=>`${type} ${fingerprint2}`).join(", ");log2.info(`listening on port ${port}\
; ${names2}`),signal.addEventListener("abort",()=>listener.close()),process.on("uncaughtException",error=>printLine(renderError(error),2))},{stopTimeoutMs:2e3});
//# sourceMappingURL=main.mjs.map
