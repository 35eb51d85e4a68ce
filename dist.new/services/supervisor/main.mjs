const kitRequire=()=>process.getBuiltinModule('node:module').createRequire(import.meta.url);const require=Object.assign((id)=>process.getBuiltinModule(id)??kitRequire()(id),{resolve:(...args)=>kitRequire().resolve(...args)});
var __create=Object.create;var __defProp=Object.defineProperty;var __getOwnPropDesc=Object.getOwnPropertyDescriptor;var __getOwnPropNames=Object.getOwnPropertyNames;var __getProtoOf=Object.getPrototypeOf,__hasOwnProp=Object.prototype.hasOwnProperty;var __require=(x=>typeof require<"u"?require:typeof Proxy<"u"?new Proxy(x,{get:(a,b)=>(typeof require<"u"?require:a)[b]}):x)(function(x){if(typeof require<"u")return require.
apply(this,arguments);throw Error('Dynamic require of "'+x+'" is not supported')});var __commonJS=(cb,mod)=>function(){try{return mod||(0,cb[__getOwnPropNames(cb)[0]])((mod={exports:{}}).exports,mod),mod.exports}catch(e){throw mod=0,e}};var __copyProps=(to,from,except,desc)=>{if(from&&typeof from=="object"||typeof from=="function")for(let key of __getOwnPropNames(from))!__hasOwnProp.call(to,key)&&
key!==except&&__defProp(to,key,{get:()=>from[key],enumerable:!(desc=__getOwnPropDesc(from,key))||desc.enumerable});return to};var __toESM=(mod,isNodeMode,target)=>(target=mod!=null?__create(__getProtoOf(mod)):{},__copyProps(isNodeMode||!mod||!mod.__esModule?__defProp(target,"default",{
value:mod,enumerable:!0}):target,mod));var require_constants=__commonJS({"node_modules/@grpc/grpc-js/build/src/constants.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH=exports.DEFAULT_MAX_SEND_MESSAGE_LENGTH=exports.Propagate=exports.LogVerbosity=exports.Status=void 0;var Status3;(function(Status4){
Status4[Status4.OK=0]="OK",Status4[Status4.CANCELLED=1]="CANCELLED",Status4[Status4.UNKNOWN=2]="UNKNOWN",Status4[Status4.INVALID_ARGUMENT=3]="INVALID_ARGUMENT",
Status4[Status4.DEADLINE_EXCEEDED=4]="DEADLINE_EXCEEDED",Status4[Status4.NOT_FOUND=5]="NOT_FOUND",Status4[Status4.ALREADY_EXISTS=6]="ALREADY_EXISTS",Status4[Status4.
PERMISSION_DENIED=7]="PERMISSION_DENIED",Status4[Status4.RESOURCE_EXHAUSTED=8]="RESOURCE_EXHAUSTED",Status4[Status4.FAILED_PRECONDITION=9]="FAILED_PRECONDITION",
Status4[Status4.ABORTED=10]="ABORTED",Status4[Status4.OUT_OF_RANGE=11]="OUT_OF_RANGE",Status4[Status4.UNIMPLEMENTED=12]="UNIMPLEMENTED",Status4[Status4.INTERNAL=
13]="INTERNAL",Status4[Status4.UNAVAILABLE=14]="UNAVAILABLE",Status4[Status4.DATA_LOSS=15]="DATA_LOSS",Status4[Status4.UNAUTHENTICATED=16]="UNAUTHENTICATED"})(Status3||
(exports.Status=Status3={}));var LogVerbosity;(function(LogVerbosity2){LogVerbosity2[LogVerbosity2.DEBUG=0]="DEBUG",LogVerbosity2[LogVerbosity2.INFO=1]="INFO",LogVerbosity2[LogVerbosity2.
ERROR=2]="ERROR",LogVerbosity2[LogVerbosity2.NONE=3]="NONE"})(LogVerbosity||(exports.LogVerbosity=LogVerbosity={}));var Propagate;(function(Propagate2){Propagate2[Propagate2.
DEADLINE=1]="DEADLINE",Propagate2[Propagate2.CENSUS_STATS_CONTEXT=2]="CENSUS_STATS_CONTEXT",Propagate2[Propagate2.CENSUS_TRACING_CONTEXT=4]="CENSUS_TRACING_CONT\
EXT",Propagate2[Propagate2.CANCELLATION=8]="CANCELLATION",Propagate2[Propagate2.DEFAULTS=65535]="DEFAULTS"})(Propagate||(exports.Propagate=Propagate={}));exports.
DEFAULT_MAX_SEND_MESSAGE_LENGTH=-1;exports.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH=4*1024*1024}});var require_package=__commonJS({"node_modules/@grpc/grpc-js/package.json"(exports,module){module.exports={name:"@grpc/grpc-js",version:"1.14.7",description:"gRP\
C Library for Node - pure JS implementation",homepage:"https://grpc.io/",repository:"https://github.com/grpc/grpc-node/tree/master/packages/grpc-js",main:"build\
/src/index.js",engines:{node:">=12.10.0"},keywords:[],author:{name:"Google Inc."},types:"build/src/index.d.ts",license:"Apache-2.0",devDependencies:{"@grpc/prot\
o-loader":"file:../proto-loader","@types/gulp":"^4.0.17","@types/gulp-mocha":"0.0.37","@types/lodash":"^4.14.202","@types/mocha":"^10.0.6","@types/ncp":"^2.0.8",
"@types/node":">=20.11.20","@types/pify":"^5.0.4","@types/semver":"^7.5.8","@typescript-eslint/eslint-plugin":"^7.1.0","@typescript-eslint/parser":"^7.1.0","@ty\
pescript-eslint/typescript-estree":"^7.1.0","clang-format":"^1.8.0",eslint:"^8.42.0","eslint-config-prettier":"^8.8.0","eslint-plugin-node":"^11.1.0","eslint-pl\
ugin-prettier":"^4.2.1",execa:"^2.0.3",gulp:"^4.0.2","gulp-mocha":"^6.0.0",lodash:"^4.17.21",madge:"^5.0.1","mocha-jenkins-reporter":"^0.4.1",ncp:"^2.0.0",pify:"\
^4.0.1",prettier:"^2.8.8",rimraf:"^3.0.2",semver:"^7.6.0","ts-node":"^10.9.2",typescript:"^5.3.3"},contributors:[{name:"Google Inc."}],scripts:{build:"npm run c\
ompile",clean:"rimraf ./build",compile:"tsc -p .",format:'clang-format -i -style="{Language: JavaScript, BasedOnStyle: Google, ColumnLimit: 80}" src/*.ts test/*\
.ts',lint:"eslint src/*.ts test/*.ts",prepare:"npm run copy-protos && npm run generate-types && npm run generate-test-types && npm run compile",test:"gulp test",
check:"npm run lint",fix:"eslint --fix src/*.ts test/*.ts",pretest:"npm run generate-types && npm run generate-test-types && npm run compile",posttest:"npm run \
check && madge -c ./build/src","generate-types":"proto-loader-gen-types --keepCase --longs String --enums String --defaults --oneofs --includeComments --include\
Dirs proto/ --include-dirs proto/ proto/xds/ proto/protoc-gen-validate/ -O src/generated/ --grpcLib ../index channelz.proto xds/service/orca/v3/orca.proto","gen\
erate-test-types":"proto-loader-gen-types --keepCase --longs String --enums String --defaults --oneofs --includeComments --include-dirs test/fixtures/ -O test/g\
enerated/ --grpcLib ../../src/index test_service.proto echo_service.proto","copy-protos":"node ./copy-protos"},dependencies:{"@grpc/proto-loader":"^0.8.0","@js-\
sdsl/ordered-map":"^4.4.2"},files:["src/**/*.ts","build/src/**/*.{js,d.ts,js.map}","proto/**/*.proto","proto/**/LICENSE","LICENSE","deps/envoy-api/envoy/api/v2/\
**/*.proto","deps/envoy-api/envoy/config/**/*.proto","deps/envoy-api/envoy/service/**/*.proto","deps/envoy-api/envoy/type/**/*.proto","deps/udpa/udpa/**/*.proto",
"deps/googleapis/google/api/*.proto","deps/googleapis/google/rpc/*.proto","deps/protoc-gen-validate/validate/**/*.proto"]}}});var require_logging=__commonJS({"node_modules/@grpc/grpc-js/build/src/logging.js"(exports){"use strict";var _a,_b,_c,_d;Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.log=exports.setLoggerVerbosity=exports.setLogger=exports.getLogger=void 0;exports.trace=trace;exports.isTracerEnabled=isTracerEnabled;var constants_1=require_constants(),
process_1=__require("process"),clientVersion=require_package().version,DEFAULT_LOGGER={error:(message,...optionalParams)=>{console.error("E "+message,...optionalParams)},
info:(message,...optionalParams)=>{console.error("I "+message,...optionalParams)},debug:(message,...optionalParams)=>{console.error("D "+message,...optionalParams)}},
_logger=DEFAULT_LOGGER,_logVerbosity=constants_1.LogVerbosity.ERROR,verbosityString=(_b=(_a=process.env.GRPC_NODE_VERBOSITY)!==null&&_a!==void 0?_a:process.env.
GRPC_VERBOSITY)!==null&&_b!==void 0?_b:"";switch(verbosityString.toUpperCase()){case"DEBUG":_logVerbosity=constants_1.LogVerbosity.DEBUG;break;case"INFO":_logVerbosity=
constants_1.LogVerbosity.INFO;break;case"ERROR":_logVerbosity=constants_1.LogVerbosity.ERROR;break;case"NONE":_logVerbosity=constants_1.LogVerbosity.NONE;break;default:}
var getLogger=()=>_logger;exports.getLogger=getLogger;var setLogger=logger=>{_logger=logger};exports.setLogger=setLogger;var setLoggerVerbosity=verbosity=>{_logVerbosity=
verbosity};exports.setLoggerVerbosity=setLoggerVerbosity;var log=(severity,...args)=>{let logFunction;if(severity>=_logVerbosity){switch(severity){case constants_1.
LogVerbosity.DEBUG:logFunction=_logger.debug;break;case constants_1.LogVerbosity.INFO:logFunction=_logger.info;break;case constants_1.LogVerbosity.ERROR:logFunction=
_logger.error;break}logFunction||(logFunction=_logger.error),logFunction&&logFunction.bind(_logger)(...args)}};exports.log=log;var tracersString=(_d=(_c=process.
env.GRPC_NODE_TRACE)!==null&&_c!==void 0?_c:process.env.GRPC_TRACE)!==null&&_d!==void 0?_d:"",enabledTracers=new Set,disabledTracers=new Set;for(let tracerName of tracersString.
split(","))tracerName.length!==0&&(tracerName.startsWith("-")?disabledTracers.add(tracerName.substring(1)):enabledTracers.add(tracerName));var allEnabled=enabledTracers.
has("all"),anyTracerEnabled=allEnabled||enabledTracers.size>0;function trace(severity,tracer,text){isTracerEnabled(tracer)&&(0,exports.log)(severity,new Date().
toISOString()+" | v"+clientVersion+" "+process_1.pid+" | "+tracer+" | "+text)}function isTracerEnabled(tracer){return anyTracerEnabled?!disabledTracers.has(tracer)&&
(allEnabled||enabledTracers.has(tracer)):!1}}});var require_error=__commonJS({"node_modules/@grpc/grpc-js/build/src/error.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
getErrorMessage=getErrorMessage;exports.getErrorCode=getErrorCode;function getErrorMessage(error){return error instanceof Error?error.message:String(error)}function getErrorCode(error){
return typeof error=="object"&&error!==null&&"code"in error&&typeof error.code=="number"?error.code:null}}});var require_metadata=__commonJS({"node_modules/@grpc/grpc-js/build/src/metadata.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Metadata=void 0;var logging_1=require_logging(),constants_1=require_constants(),error_1=require_error(),LEGAL_KEY_REGEX=/^[:0-9a-z_.-]+$/,LEGAL_NON_BINARY_VALUE_REGEX=/^[ -~]*$/;
function isLegalKey(key){return LEGAL_KEY_REGEX.test(key)}function isLegalNonBinaryValue(value){return LEGAL_NON_BINARY_VALUE_REGEX.test(value)}function isBinaryKey(key){
return key.endsWith("-bin")}function isCustomMetadata(key){return!key.startsWith("grpc-")}function normalizeKey(key){return key.toLowerCase()}function validate(key,value){
if(!isLegalKey(key))throw new Error('Metadata key "'+key+'" contains illegal characters');if(value!=null)if(isBinaryKey(key)){if(!Buffer.isBuffer(value))throw new Error(
"keys that end with '-bin' must have Buffer values")}else{if(Buffer.isBuffer(value))throw new Error("keys that don't end with '-bin' must have String values");if(!isLegalNonBinaryValue(
value))throw new Error('Metadata string value "'+value+'" contains illegal characters')}}var Metadata2=class _Metadata{constructor(options={}){this.internalRepr=
new Map,this.options=options}set(key,value){key=normalizeKey(key),validate(key,value),this.internalRepr.set(key,[value])}add(key,value){key=normalizeKey(key),validate(
key,value);let existingValue=this.internalRepr.get(key);existingValue===void 0?this.internalRepr.set(key,[value]):existingValue.push(value)}remove(key){key=normalizeKey(
key),this.internalRepr.delete(key)}get(key){return key=normalizeKey(key),this.internalRepr.get(key)||[]}getMap(){let result={};for(let[key,values]of this.internalRepr)
if(values.length>0){let v=values[0];result[key]=Buffer.isBuffer(v)?Buffer.from(v):v}return result}clone(){let newMetadata=new _Metadata(this.options),newInternalRepr=newMetadata.
internalRepr;for(let[key,value]of this.internalRepr){let clonedValue=value.map(v=>Buffer.isBuffer(v)?Buffer.from(v):v);newInternalRepr.set(key,clonedValue)}return newMetadata}merge(other){
for(let[key,values]of other.internalRepr){let mergedValue=(this.internalRepr.get(key)||[]).concat(values);this.internalRepr.set(key,mergedValue)}}setOptions(options){
this.options=options}getOptions(){return this.options}toHttp2Headers(){let result={};for(let[key,values]of this.internalRepr)key.startsWith(":")||(values.length===
1?result[key]=bufToString(values[0]):result[key]=values.map(bufToString));return result}toJSON(){let result={};for(let[key,values]of this.internalRepr)result[key]=
values;return result}setOpaque(key,value){this.opaqueData||(this.opaqueData=new Map),this.opaqueData.set(key,value)}getOpaque(key){var _a;return(_a=this.opaqueData)===
null||_a===void 0?void 0:_a.get(key)}static fromHttp2Headers(headers){let result=new _Metadata;for(let key of Object.keys(headers)){if(key.charAt(0)===":")continue;
let values=headers[key];try{isBinaryKey(key)?Array.isArray(values)?values.forEach(value=>{result.add(key,Buffer.from(value,"base64"))}):values!==void 0&&(isCustomMetadata(
key)?values.split(",").forEach(v=>{result.add(key,Buffer.from(v.trim(),"base64"))}):result.add(key,Buffer.from(values,"base64"))):Array.isArray(values)?values.forEach(
value=>{result.add(key,value)}):values!==void 0&&result.add(key,values)}catch(error){let message=`Failed to add metadata entry ${key}: ${values}. ${(0,error_1.getErrorMessage)(
error)}. For more information see https://github.com/grpc/grpc-node/issues/1173`;(0,logging_1.log)(constants_1.LogVerbosity.ERROR,message)}}return result}};exports.
Metadata=Metadata2;var bufToString=val=>Buffer.isBuffer(val)?val.toString("base64"):val}});var require_call_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-credentials.js"(exports){"use strict";Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.CallCredentials=void 0;exports.isEmptyCallCredentials=isEmptyCallCredentials;var metadata_1=require_metadata();function isCurrentOauth2Client(client){
return"getRequestHeaders"in client&&typeof client.getRequestHeaders=="function"}var CallCredentials=class _CallCredentials{static createFromMetadataGenerator(metadataGenerator){
return new SingleCallCredentials(metadataGenerator)}static createFromGoogleCredential(googleCredentials){return _CallCredentials.createFromMetadataGenerator((options,callback)=>{
let getHeaders;isCurrentOauth2Client(googleCredentials)?getHeaders=googleCredentials.getRequestHeaders(options.service_url):getHeaders=new Promise((resolve2,reject)=>{
googleCredentials.getRequestMetadata(options.service_url,(err,headers)=>{if(err){reject(err);return}if(!headers){reject(new Error("Headers not set by metadata p\
lugin"));return}resolve2(headers)})}),getHeaders.then(headers=>{let metadata=new metadata_1.Metadata;for(let key of Object.keys(headers))metadata.add(key,headers[key]);
callback(null,metadata)},err=>{callback(err)})})}static createEmpty(){return new EmptyCallCredentials}};exports.CallCredentials=CallCredentials;var ComposedCallCredentials=class _ComposedCallCredentials extends CallCredentials{constructor(creds){
super(),this.creds=creds}async generateMetadata(options){let base=new metadata_1.Metadata,generated=await Promise.all(this.creds.map(cred=>cred.generateMetadata(
options)));for(let gen of generated)base.merge(gen);return base}compose(other){return other instanceof EmptyCallCredentials?this:new _ComposedCallCredentials(this.
creds.concat([other]))}_equals(other){return this===other?!0:other instanceof _ComposedCallCredentials?this.creds.every((value,index)=>value._equals(other.creds[index])):
!1}},SingleCallCredentials=class _SingleCallCredentials extends CallCredentials{constructor(metadataGenerator){super(),this.metadataGenerator=metadataGenerator}generateMetadata(options){
return new Promise((resolve2,reject)=>{this.metadataGenerator(options,(err,metadata)=>{metadata!==void 0?resolve2(metadata):reject(err)})})}compose(other){return other instanceof
EmptyCallCredentials?this:new ComposedCallCredentials([this,other])}_equals(other){return this===other?!0:other instanceof _SingleCallCredentials?this.metadataGenerator===
other.metadataGenerator:!1}},EmptyCallCredentials=class _EmptyCallCredentials extends CallCredentials{generateMetadata(options){return Promise.resolve(new metadata_1.
Metadata)}compose(other){return other}_equals(other){return other instanceof _EmptyCallCredentials}};function isEmptyCallCredentials(callCredentials){return callCredentials instanceof
EmptyCallCredentials}}});var require_tls_helpers=__commonJS({"node_modules/@grpc/grpc-js/build/src/tls-helpers.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.CIPHER_SUITES=void 0;exports.getDefaultRootsData=getDefaultRootsData;var fs=__require("fs");exports.CIPHER_SUITES=process.env.GRPC_SSL_CIPHER_SUITES;var DEFAULT_ROOTS_FILE_PATH=process.
env.GRPC_DEFAULT_SSL_ROOTS_FILE_PATH,defaultRootsData=null;function getDefaultRootsData(){return DEFAULT_ROOTS_FILE_PATH?(defaultRootsData===null&&(defaultRootsData=
fs.readFileSync(DEFAULT_ROOTS_FILE_PATH)),defaultRootsData):null}}});var require_uri_parser=__commonJS({"node_modules/@grpc/grpc-js/build/src/uri-parser.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.parseUri=parseUri;exports.splitHostPort=splitHostPort;exports.combineHostPort=combineHostPort;exports.uriToString=uriToString;exports.extractServiceName=
extractServiceName;exports.computeServiceUrl=computeServiceUrl;var URI_REGEX=/^(?:([A-Za-z0-9+.-]+):)?(?:\/\/([^/]*)\/)?(.+)$/;function parseUri(uriString){let parsedUri=URI_REGEX.
exec(uriString);return parsedUri===null?null:{scheme:parsedUri[1],authority:parsedUri[2],path:parsedUri[3]}}var NUMBER_REGEX=/^\d+$/;function splitHostPort(path){
if(path.startsWith("[")){let hostEnd=path.indexOf("]");if(hostEnd===-1)return null;let host=path.substring(1,hostEnd);if(host.indexOf(":")===-1)return null;if(path.
length>hostEnd+1)if(path[hostEnd+1]===":"){let portString=path.substring(hostEnd+2);return NUMBER_REGEX.test(portString)?{host,port:+portString}:null}else return null;else
return{host}}else{let splitPath=path.split(":");return splitPath.length===2?NUMBER_REGEX.test(splitPath[1])?{host:splitPath[0],port:+splitPath[1]}:null:{host:path}}}
function combineHostPort(hostPort){return hostPort.port===void 0?hostPort.host:hostPort.host.includes(":")?`[${hostPort.host}]:${hostPort.port}`:`${hostPort.host}\
:${hostPort.port}`}function uriToString(uri){let result="";return uri.scheme!==void 0&&(result+=uri.scheme+":"),uri.authority!==void 0&&(result+="//"+uri.authority+
"/"),result+=uri.path,result}function extractServiceName(methodName){let firstSlashIndex=methodName.indexOf("/");if(firstSlashIndex===-1)return"";let secondSlashIndex=methodName.
indexOf("/",firstSlashIndex+1);return secondSlashIndex===-1?methodName.substring(firstSlashIndex+1):methodName.substring(firstSlashIndex+1,secondSlashIndex)}function computeServiceUrl(host,methodName){
var _a,_b;let serviceName=extractServiceName(methodName);return`https://${(_b=(_a=splitHostPort(host))===null||_a===void 0?void 0:_a.host)!==null&&_b!==void 0?_b:
"localhost"}/${serviceName}`}}});var require_resolver=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.CHANNEL_ARGS_CONFIG_SELECTOR_KEY=void 0;exports.registerResolver=registerResolver;exports.registerDefaultScheme=registerDefaultScheme;exports.createResolver=
createResolver;exports.getDefaultAuthority=getDefaultAuthority;exports.mapUriDefaultScheme=mapUriDefaultScheme;var uri_parser_1=require_uri_parser();exports.CHANNEL_ARGS_CONFIG_SELECTOR_KEY=
"grpc.internal.config_selector";var registeredResolvers={},defaultScheme=null;function registerResolver(scheme,resolverClass){registeredResolvers[scheme]=resolverClass}
function registerDefaultScheme(scheme){defaultScheme=scheme}function createResolver(target,listener,options){if(target.scheme!==void 0&&target.scheme in registeredResolvers)
return new registeredResolvers[target.scheme](target,listener,options);throw new Error(`No resolver could be created for target ${(0,uri_parser_1.uriToString)(target)}`)}
function getDefaultAuthority(target){if(target.scheme!==void 0&&target.scheme in registeredResolvers)return registeredResolvers[target.scheme].getDefaultAuthority(
target);throw new Error(`Invalid target ${(0,uri_parser_1.uriToString)(target)}`)}function mapUriDefaultScheme(target){return target.scheme===void 0||!(target.scheme in
registeredResolvers)?defaultScheme!==null?{scheme:defaultScheme,authority:void 0,path:(0,uri_parser_1.uriToString)(target)}:null:target}}});var require_channel_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel-credentials.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.ChannelCredentials=void 0;exports.createCertificateProviderChannelCredentials=createCertificateProviderChannelCredentials;var tls_1=__require("tls"),
call_credentials_1=require_call_credentials(),tls_helpers_1=require_tls_helpers(),uri_parser_1=require_uri_parser(),resolver_1=require_resolver(),logging_1=require_logging(),
constants_1=require_constants();function verifyIsBufferOrNull(obj,friendlyName){if(obj&&!(obj instanceof Buffer))throw new TypeError(`${friendlyName}, if provid\
ed, must be a Buffer.`)}var ChannelCredentials2=class{compose(callCredentials){return new ComposedChannelCredentialsImpl(this,callCredentials)}static createSsl(rootCerts,privateKey,certChain,verifyOptions){
var _a;if(verifyIsBufferOrNull(rootCerts,"Root certificate"),verifyIsBufferOrNull(privateKey,"Private key"),verifyIsBufferOrNull(certChain,"Certificate chain"),
privateKey&&!certChain)throw new Error("Private key must be given with accompanying certificate chain");if(!privateKey&&certChain)throw new Error("Certificate c\
hain must be given with accompanying private key");let secureContext=(0,tls_1.createSecureContext)({ca:(_a=rootCerts??(0,tls_helpers_1.getDefaultRootsData)())!==
null&&_a!==void 0?_a:void 0,key:privateKey??void 0,cert:certChain??void 0,ciphers:tls_helpers_1.CIPHER_SUITES});return new SecureChannelCredentialsImpl(secureContext,
verifyOptions??{})}static createFromSecureContext(secureContext,verifyOptions){return new SecureChannelCredentialsImpl(secureContext,verifyOptions??{})}static createInsecure(){
return new InsecureChannelCredentialsImpl}};exports.ChannelCredentials=ChannelCredentials2;var InsecureChannelCredentialsImpl=class _InsecureChannelCredentialsImpl extends ChannelCredentials2{constructor(){
super()}compose(callCredentials){throw new Error("Cannot compose insecure credentials")}_isSecure(){return!1}_equals(other){return other instanceof _InsecureChannelCredentialsImpl}_createSecureConnector(channelTarget,options,callCredentials){
let credentials2=callCredentials??call_credentials_1.CallCredentials.createEmpty();return{connect(socket){return Promise.resolve({socket,secure:!1})},waitForReady:()=>Promise.
resolve(),getCallCredentials:()=>credentials2,destroy(){}}}};function getConnectionOptions(secureContext,verifyOptions,channelTarget,options){var _a,_b;let connectionOptions={
secureContext},realTarget=channelTarget;if("grpc.http_connect_target"in options){let parsedTarget=(0,uri_parser_1.parseUri)(options["grpc.http_connect_target"]);
parsedTarget&&(realTarget=parsedTarget)}let targetPath=(0,resolver_1.getDefaultAuthority)(realTarget),hostPort=(0,uri_parser_1.splitHostPort)(targetPath),remoteHost=(_a=
hostPort?.host)!==null&&_a!==void 0?_a:targetPath;if(connectionOptions.host=remoteHost,verifyOptions.checkServerIdentity&&(connectionOptions.checkServerIdentity=
verifyOptions.checkServerIdentity),verifyOptions.rejectUnauthorized!==void 0&&(connectionOptions.rejectUnauthorized=verifyOptions.rejectUnauthorized),connectionOptions.
ALPNProtocols=["h2"],options["grpc.ssl_target_name_override"]){let sslTargetNameOverride=options["grpc.ssl_target_name_override"],originalCheckServerIdentity=(_b=
connectionOptions.checkServerIdentity)!==null&&_b!==void 0?_b:tls_1.checkServerIdentity;connectionOptions.checkServerIdentity=(host,cert)=>originalCheckServerIdentity(
sslTargetNameOverride,cert),connectionOptions.servername=sslTargetNameOverride}else connectionOptions.servername=remoteHost;return options["grpc-node.tls_enable\
_trace"]&&(connectionOptions.enableTrace=!0),connectionOptions}var SecureConnectorImpl=class{constructor(connectionOptions,callCredentials){this.connectionOptions=
connectionOptions,this.callCredentials=callCredentials}connect(socket){let tlsConnectOptions=Object.assign({socket},this.connectionOptions);return new Promise((resolve2,reject)=>{
let tlsSocket=(0,tls_1.connect)(tlsConnectOptions,()=>{var _a;if((!((_a=this.connectionOptions.rejectUnauthorized)!==null&&_a!==void 0)||_a)&&!tlsSocket.authorized){
reject(tlsSocket.authorizationError);return}resolve2({socket:tlsSocket,secure:!0})});tlsSocket.on("error",error=>{reject(error)})})}waitForReady(){return Promise.
resolve()}getCallCredentials(){return this.callCredentials}destroy(){}},SecureChannelCredentialsImpl=class _SecureChannelCredentialsImpl extends ChannelCredentials2{constructor(secureContext,verifyOptions){
super(),this.secureContext=secureContext,this.verifyOptions=verifyOptions}_isSecure(){return!0}_equals(other){return this===other?!0:other instanceof _SecureChannelCredentialsImpl?
this.secureContext===other.secureContext&&this.verifyOptions.checkServerIdentity===other.verifyOptions.checkServerIdentity:!1}_createSecureConnector(channelTarget,options,callCredentials){
let connectionOptions=getConnectionOptions(this.secureContext,this.verifyOptions,channelTarget,options);return new SecureConnectorImpl(connectionOptions,callCredentials??
call_credentials_1.CallCredentials.createEmpty())}},CertificateProviderChannelCredentialsImpl=class _CertificateProviderChannelCredentialsImpl extends ChannelCredentials2{constructor(caCertificateProvider,identityCertificateProvider,verifyOptions){
super(),this.caCertificateProvider=caCertificateProvider,this.identityCertificateProvider=identityCertificateProvider,this.verifyOptions=verifyOptions,this.refcount=
0,this.latestCaUpdate=void 0,this.latestIdentityUpdate=void 0,this.caCertificateUpdateListener=this.handleCaCertificateUpdate.bind(this),this.identityCertificateUpdateListener=
this.handleIdentityCertitificateUpdate.bind(this),this.secureContextWatchers=[]}_isSecure(){return!0}_equals(other){var _a,_b;return this===other?!0:other instanceof
_CertificateProviderChannelCredentialsImpl?this.caCertificateProvider===other.caCertificateProvider&&this.identityCertificateProvider===other.identityCertificateProvider&&
((_a=this.verifyOptions)===null||_a===void 0?void 0:_a.checkServerIdentity)===((_b=other.verifyOptions)===null||_b===void 0?void 0:_b.checkServerIdentity):!1}ref(){
var _a;this.refcount===0&&(this.caCertificateProvider.addCaCertificateListener(this.caCertificateUpdateListener),(_a=this.identityCertificateProvider)===null||_a===
void 0||_a.addIdentityCertificateListener(this.identityCertificateUpdateListener)),this.refcount+=1}unref(){var _a;this.refcount-=1,this.refcount===0&&(this.caCertificateProvider.
removeCaCertificateListener(this.caCertificateUpdateListener),(_a=this.identityCertificateProvider)===null||_a===void 0||_a.removeIdentityCertificateListener(this.
identityCertificateUpdateListener))}_createSecureConnector(channelTarget,options,callCredentials){return this.ref(),new _CertificateProviderChannelCredentialsImpl.
SecureConnectorImpl(this,channelTarget,options,callCredentials??call_credentials_1.CallCredentials.createEmpty())}maybeUpdateWatchers(){if(this.hasReceivedUpdates()){
for(let watcher of this.secureContextWatchers)watcher(this.getLatestSecureContext());this.secureContextWatchers=[]}}handleCaCertificateUpdate(update){this.latestCaUpdate=
update,this.maybeUpdateWatchers()}handleIdentityCertitificateUpdate(update){this.latestIdentityUpdate=update,this.maybeUpdateWatchers()}hasReceivedUpdates(){return!(this.
latestCaUpdate===void 0||this.identityCertificateProvider&&this.latestIdentityUpdate===void 0)}getSecureContext(){return this.hasReceivedUpdates()?Promise.resolve(
this.getLatestSecureContext()):new Promise(resolve2=>{this.secureContextWatchers.push(resolve2)})}getLatestSecureContext(){var _a,_b;if(!this.latestCaUpdate||this.
identityCertificateProvider!==null&&!this.latestIdentityUpdate)return null;try{return(0,tls_1.createSecureContext)({ca:this.latestCaUpdate.caCertificate,key:(_a=
this.latestIdentityUpdate)===null||_a===void 0?void 0:_a.privateKey,cert:(_b=this.latestIdentityUpdate)===null||_b===void 0?void 0:_b.certificate,ciphers:tls_helpers_1.
CIPHER_SUITES})}catch(e){return(0,logging_1.log)(constants_1.LogVerbosity.ERROR,"Failed to createSecureContext with error "+e.message),null}}};CertificateProviderChannelCredentialsImpl.
SecureConnectorImpl=class{constructor(parent,channelTarget,options,callCredentials){this.parent=parent,this.channelTarget=channelTarget,this.options=options,this.
callCredentials=callCredentials}connect(socket){return new Promise((resolve2,reject)=>{let secureContext=this.parent.getLatestSecureContext();if(!secureContext){
reject(new Error("Failed to load credentials"));return}socket.closed&&reject(new Error("Socket closed while loading credentials"));let connnectionOptions=getConnectionOptions(
secureContext,this.parent.verifyOptions,this.channelTarget,this.options),tlsConnectOptions=Object.assign({socket},connnectionOptions),closeCallback=()=>{reject(
new Error("Socket closed"))},errorCallback=error=>{reject(error)},tlsSocket=(0,tls_1.connect)(tlsConnectOptions,()=>{var _a;if(tlsSocket.removeListener("close",
closeCallback),tlsSocket.removeListener("error",errorCallback),(!((_a=this.parent.verifyOptions.rejectUnauthorized)!==null&&_a!==void 0)||_a)&&!tlsSocket.authorized){
reject(tlsSocket.authorizationError);return}resolve2({socket:tlsSocket,secure:!0})});tlsSocket.once("close",closeCallback),tlsSocket.once("error",errorCallback)})}async waitForReady(){
await this.parent.getSecureContext()}getCallCredentials(){return this.callCredentials}destroy(){this.parent.unref()}};function createCertificateProviderChannelCredentials(caCertificateProvider,identityCertificateProvider,verifyOptions){
return new CertificateProviderChannelCredentialsImpl(caCertificateProvider,identityCertificateProvider,verifyOptions??{})}var ComposedChannelCredentialsImpl=class _ComposedChannelCredentialsImpl extends ChannelCredentials2{constructor(channelCredentials,callCredentials){
if(super(),this.channelCredentials=channelCredentials,this.callCredentials=callCredentials,!channelCredentials._isSecure())throw new Error("Cannot compose insec\
ure credentials")}compose(callCredentials){let combinedCallCredentials=this.callCredentials.compose(callCredentials);return new _ComposedChannelCredentialsImpl(
this.channelCredentials,combinedCallCredentials)}_isSecure(){return!0}_equals(other){return this===other?!0:other instanceof _ComposedChannelCredentialsImpl?this.
channelCredentials._equals(other.channelCredentials)&&this.callCredentials._equals(other.callCredentials):!1}_createSecureConnector(channelTarget,options,callCredentials){
let combinedCallCredentials=this.callCredentials.compose(callCredentials??call_credentials_1.CallCredentials.createEmpty());return this.channelCredentials._createSecureConnector(
channelTarget,options,combinedCallCredentials)}}}});var require_load_balancer=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{
value:!0});exports.createChildChannelControlHelper=createChildChannelControlHelper;exports.registerLoadBalancerType=registerLoadBalancerType;exports.registerDefaultLoadBalancerType=
registerDefaultLoadBalancerType;exports.createLoadBalancer=createLoadBalancer;exports.isLoadBalancerNameRegistered=isLoadBalancerNameRegistered;exports.parseLoadBalancingConfig=
parseLoadBalancingConfig;exports.getDefaultConfig=getDefaultConfig;exports.selectLbConfigFromList=selectLbConfigFromList;var logging_1=require_logging(),constants_1=require_constants();
function createChildChannelControlHelper(parent,overrides){var _a,_b,_c,_d,_e,_f,_g,_h,_j,_k;return{createSubchannel:(_b=(_a=overrides.createSubchannel)===null||
_a===void 0?void 0:_a.bind(overrides))!==null&&_b!==void 0?_b:parent.createSubchannel.bind(parent),updateState:(_d=(_c=overrides.updateState)===null||_c===void 0?
void 0:_c.bind(overrides))!==null&&_d!==void 0?_d:parent.updateState.bind(parent),requestReresolution:(_f=(_e=overrides.requestReresolution)===null||_e===void 0?
void 0:_e.bind(overrides))!==null&&_f!==void 0?_f:parent.requestReresolution.bind(parent),addChannelzChild:(_h=(_g=overrides.addChannelzChild)===null||_g===void 0?
void 0:_g.bind(overrides))!==null&&_h!==void 0?_h:parent.addChannelzChild.bind(parent),removeChannelzChild:(_k=(_j=overrides.removeChannelzChild)===null||_j===void 0?
void 0:_j.bind(overrides))!==null&&_k!==void 0?_k:parent.removeChannelzChild.bind(parent)}}var registeredLoadBalancerTypes={},defaultLoadBalancerType=null;function registerLoadBalancerType(typeName,loadBalancerType,loadBalancingConfigType){
registeredLoadBalancerTypes[typeName]={LoadBalancer:loadBalancerType,LoadBalancingConfig:loadBalancingConfigType}}function registerDefaultLoadBalancerType(typeName){
defaultLoadBalancerType=typeName}function createLoadBalancer(config,channelControlHelper){let typeName=config.getLoadBalancerName();return typeName in registeredLoadBalancerTypes?
new registeredLoadBalancerTypes[typeName].LoadBalancer(channelControlHelper):null}function isLoadBalancerNameRegistered(typeName){return typeName in registeredLoadBalancerTypes}
function parseLoadBalancingConfig(rawConfig){let keys=Object.keys(rawConfig);if(keys.length!==1)throw new Error("Provided load balancing config has multiple con\
flicting entries");let typeName=keys[0];if(typeName in registeredLoadBalancerTypes)try{return registeredLoadBalancerTypes[typeName].LoadBalancingConfig.createFromJson(
rawConfig[typeName])}catch(e){throw new Error(`${typeName}: ${e.message}`)}else throw new Error(`Unrecognized load balancing config name ${typeName}`)}function getDefaultConfig(){
if(!defaultLoadBalancerType)throw new Error("No default load balancer type registered");return new registeredLoadBalancerTypes[defaultLoadBalancerType].LoadBalancingConfig}
function selectLbConfigFromList(configs,fallbackTodefault=!1){for(let config of configs)try{return parseLoadBalancingConfig(config)}catch(e){(0,logging_1.log)(constants_1.
LogVerbosity.DEBUG,"Config parsing failed with error",e.message);continue}return fallbackTodefault&&defaultLoadBalancerType?new registeredLoadBalancerTypes[defaultLoadBalancerType].
LoadBalancingConfig:null}}});var require_service_config=__commonJS({"node_modules/@grpc/grpc-js/build/src/service-config.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.validateRetryThrottling=validateRetryThrottling;exports.validateServiceConfig=validateServiceConfig;exports.extractAndSelectServiceConfig=extractAndSelectServiceConfig;
var os=__require("os"),constants_1=require_constants(),DURATION_REGEX=/^\d+(\.\d{1,9})?s$/,CLIENT_LANGUAGE_STRING="node";function validateName(obj){if("service"in
obj&&obj.service!==""){if(typeof obj.service!="string")throw new Error(`Invalid method config name: invalid service: expected type string, got ${typeof obj.service}`);
if("method"in obj&&obj.method!==""){if(typeof obj.method!="string")throw new Error(`Invalid method config name: invalid method: expected type string, got ${typeof obj.
service}`);return{service:obj.service,method:obj.method}}else return{service:obj.service}}else{if("method"in obj&&obj.method!==void 0)throw new Error("Invalid m\
ethod config name: method set with empty or unset service");return{}}}function validateRetryPolicy(obj){if(!("maxAttempts"in obj)||!Number.isInteger(obj.maxAttempts)||
obj.maxAttempts<2)throw new Error("Invalid method config retry policy: maxAttempts must be an integer at least 2");if(!("initialBackoff"in obj)||typeof obj.initialBackoff!=
"string"||!DURATION_REGEX.test(obj.initialBackoff))throw new Error("Invalid method config retry policy: initialBackoff must be a string consisting of a positive\
 integer or decimal followed by s");if(!("maxBackoff"in obj)||typeof obj.maxBackoff!="string"||!DURATION_REGEX.test(obj.maxBackoff))throw new Error("Invalid met\
hod config retry policy: maxBackoff must be a string consisting of a positive integer or decimal followed by s");if(!("backoffMultiplier"in obj)||typeof obj.backoffMultiplier!=
"number"||obj.backoffMultiplier<=0)throw new Error("Invalid method config retry policy: backoffMultiplier must be a number greater than 0");if(!("retryableStatu\
sCodes"in obj&&Array.isArray(obj.retryableStatusCodes)))throw new Error("Invalid method config retry policy: retryableStatusCodes is required");if(obj.retryableStatusCodes.
length===0)throw new Error("Invalid method config retry policy: retryableStatusCodes must be non-empty");for(let value of obj.retryableStatusCodes)if(typeof value==
"number"){if(!Object.values(constants_1.Status).includes(value))throw new Error("Invalid method config retry policy: retryableStatusCodes value not in status co\
de range")}else if(typeof value=="string"){if(!Object.values(constants_1.Status).includes(value.toUpperCase()))throw new Error("Invalid method config retry poli\
cy: retryableStatusCodes value not a status code name")}else throw new Error("Invalid method config retry policy: retryableStatusCodes value must be a string or\
 number");return{maxAttempts:obj.maxAttempts,initialBackoff:obj.initialBackoff,maxBackoff:obj.maxBackoff,backoffMultiplier:obj.backoffMultiplier,retryableStatusCodes:obj.
retryableStatusCodes}}function validateHedgingPolicy(obj){if(!("maxAttempts"in obj)||!Number.isInteger(obj.maxAttempts)||obj.maxAttempts<2)throw new Error("Inva\
lid method config hedging policy: maxAttempts must be an integer at least 2");if("hedgingDelay"in obj&&(typeof obj.hedgingDelay!="string"||!DURATION_REGEX.test(
obj.hedgingDelay)))throw new Error("Invalid method config hedging policy: hedgingDelay must be a string consisting of a positive integer followed by s");if("non\
FatalStatusCodes"in obj&&Array.isArray(obj.nonFatalStatusCodes))for(let value of obj.nonFatalStatusCodes)if(typeof value=="number"){if(!Object.values(constants_1.
Status).includes(value))throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value not in status code range")}else if(typeof value=="strin\
g"){if(!Object.values(constants_1.Status).includes(value.toUpperCase()))throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value not a s\
tatus code name")}else throw new Error("Invalid method config hedging policy: nonFatalStatusCodes value must be a string or number");let result={maxAttempts:obj.
maxAttempts};return obj.hedgingDelay&&(result.hedgingDelay=obj.hedgingDelay),obj.nonFatalStatusCodes&&(result.nonFatalStatusCodes=obj.nonFatalStatusCodes),result}
function validateMethodConfig(obj){var _a;let result={name:[]};if(!("name"in obj)||!Array.isArray(obj.name))throw new Error("Invalid method config: invalid name\
 array");for(let name2 of obj.name)result.name.push(validateName(name2));if("waitForReady"in obj){if(typeof obj.waitForReady!="boolean")throw new Error("Invalid\
 method config: invalid waitForReady");result.waitForReady=obj.waitForReady}if("timeout"in obj)if(typeof obj.timeout=="object"){if(!("seconds"in obj.timeout)||typeof obj.
timeout.seconds!="number")throw new Error("Invalid method config: invalid timeout.seconds");if(!("nanos"in obj.timeout)||typeof obj.timeout.nanos!="number")throw new Error(
"Invalid method config: invalid timeout.nanos");result.timeout=obj.timeout}else if(typeof obj.timeout=="string"&&DURATION_REGEX.test(obj.timeout)){let timeoutParts=obj.
timeout.substring(0,obj.timeout.length-1).split(".");result.timeout={seconds:timeoutParts[0]|0,nanos:((_a=timeoutParts[1])!==null&&_a!==void 0?_a:0)|0}}else throw new Error(
"Invalid method config: invalid timeout");if("maxRequestBytes"in obj){if(typeof obj.maxRequestBytes!="number")throw new Error("Invalid method config: invalid ma\
xRequestBytes");result.maxRequestBytes=obj.maxRequestBytes}if("maxResponseBytes"in obj){if(typeof obj.maxResponseBytes!="number")throw new Error("Invalid method\
 config: invalid maxRequestBytes");result.maxResponseBytes=obj.maxResponseBytes}if("retryPolicy"in obj){if("hedgingPolicy"in obj)throw new Error("Invalid method\
 config: retryPolicy and hedgingPolicy cannot both be specified");result.retryPolicy=validateRetryPolicy(obj.retryPolicy)}else"hedgingPolicy"in obj&&(result.hedgingPolicy=
validateHedgingPolicy(obj.hedgingPolicy));return result}function validateRetryThrottling(obj){if(!("maxTokens"in obj)||typeof obj.maxTokens!="number"||obj.maxTokens<=
0||obj.maxTokens>1e3)throw new Error("Invalid retryThrottling: maxTokens must be a number in (0, 1000]");if(!("tokenRatio"in obj)||typeof obj.tokenRatio!="numbe\
r"||obj.tokenRatio<=0)throw new Error("Invalid retryThrottling: tokenRatio must be a number greater than 0");return{maxTokens:+obj.maxTokens.toFixed(3),tokenRatio:+obj.
tokenRatio.toFixed(3)}}function validateLoadBalancingConfig(obj){if(!(typeof obj=="object"&&obj!==null))throw new Error(`Invalid loadBalancingConfig: unexpected\
 type ${typeof obj}`);let keys=Object.keys(obj);if(keys.length>1)throw new Error(`Invalid loadBalancingConfig: unexpected multiple keys ${keys}`);if(keys.length===
0)throw new Error("Invalid loadBalancingConfig: load balancing policy name required");return{[keys[0]]:obj[keys[0]]}}function validateServiceConfig(obj){let result={
loadBalancingConfig:[],methodConfig:[]};if("loadBalancingPolicy"in obj)if(typeof obj.loadBalancingPolicy=="string")result.loadBalancingPolicy=obj.loadBalancingPolicy;else
throw new Error("Invalid service config: invalid loadBalancingPolicy");if("loadBalancingConfig"in obj)if(Array.isArray(obj.loadBalancingConfig))for(let config of obj.
loadBalancingConfig)result.loadBalancingConfig.push(validateLoadBalancingConfig(config));else throw new Error("Invalid service config: invalid loadBalancingConf\
ig");if("methodConfig"in obj&&Array.isArray(obj.methodConfig))for(let methodConfig of obj.methodConfig)result.methodConfig.push(validateMethodConfig(methodConfig));
"retryThrottling"in obj&&(result.retryThrottling=validateRetryThrottling(obj.retryThrottling));let seenMethodNames=[];for(let methodConfig of result.methodConfig)
for(let name2 of methodConfig.name){for(let seenName of seenMethodNames)if(name2.service===seenName.service&&name2.method===seenName.method)throw new Error(`Inv\
alid service config: duplicate name ${name2.service}/${name2.method}`);seenMethodNames.push(name2)}return result}function validateCanaryConfig(obj){if(!("servic\
eConfig"in obj))throw new Error("Invalid service config choice: missing service config");let result={serviceConfig:validateServiceConfig(obj.serviceConfig)};if("\
clientLanguage"in obj)if(Array.isArray(obj.clientLanguage)){result.clientLanguage=[];for(let lang of obj.clientLanguage)if(typeof lang=="string")result.clientLanguage.
push(lang);else throw new Error("Invalid service config choice: invalid clientLanguage")}else throw new Error("Invalid service config choice: invalid clientLang\
uage");if("clientHostname"in obj)if(Array.isArray(obj.clientHostname)){result.clientHostname=[];for(let lang of obj.clientHostname)if(typeof lang=="string")result.
clientHostname.push(lang);else throw new Error("Invalid service config choice: invalid clientHostname")}else throw new Error("Invalid service config choice: inv\
alid clientHostname");if("percentage"in obj)if(typeof obj.percentage=="number"&&0<=obj.percentage&&obj.percentage<=100)result.percentage=obj.percentage;else throw new Error(
"Invalid service config choice: invalid percentage");let allowedFields=["clientLanguage","percentage","clientHostname","serviceConfig"];for(let field in obj)if(!allowedFields.
includes(field))throw new Error(`Invalid service config choice: unexpected field ${field}`);return result}function validateAndSelectCanaryConfig(obj,percentage){
if(!Array.isArray(obj))throw new Error("Invalid service config list");for(let config of obj){let validatedConfig=validateCanaryConfig(config);if(!(typeof validatedConfig.
percentage=="number"&&percentage>validatedConfig.percentage)){if(Array.isArray(validatedConfig.clientHostname)){let hostnameMatched=!1;for(let hostname2 of validatedConfig.
clientHostname)hostname2===os.hostname()&&(hostnameMatched=!0);if(!hostnameMatched)continue}if(Array.isArray(validatedConfig.clientLanguage)){let languageMatched=!1;
for(let language of validatedConfig.clientLanguage)language===CLIENT_LANGUAGE_STRING&&(languageMatched=!0);if(!languageMatched)continue}return validatedConfig.serviceConfig}}
throw new Error("No matching service config found")}function extractAndSelectServiceConfig(txtRecord,percentage){for(let record of txtRecord)if(record.length>0&&
record[0].startsWith("grpc_config=")){let recordString=record.join("").substring(12),recordJson=JSON.parse(recordString);return validateAndSelectCanaryConfig(recordJson,
percentage)}return null}}});var require_connectivity_state=__commonJS({"node_modules/@grpc/grpc-js/build/src/connectivity-state.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.ConnectivityState=void 0;var ConnectivityState;(function(ConnectivityState2){ConnectivityState2[ConnectivityState2.IDLE=0]="IDLE",ConnectivityState2[ConnectivityState2.
CONNECTING=1]="CONNECTING",ConnectivityState2[ConnectivityState2.READY=2]="READY",ConnectivityState2[ConnectivityState2.TRANSIENT_FAILURE=3]="TRANSIENT_FAILURE",
ConnectivityState2[ConnectivityState2.SHUTDOWN=4]="SHUTDOWN"})(ConnectivityState||(exports.ConnectivityState=ConnectivityState={}))}});var require_picker=__commonJS({"node_modules/@grpc/grpc-js/build/src/picker.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
QueuePicker=exports.UnavailablePicker=exports.PickResultType=void 0;var metadata_1=require_metadata(),constants_1=require_constants(),PickResultType;(function(PickResultType2){
PickResultType2[PickResultType2.COMPLETE=0]="COMPLETE",PickResultType2[PickResultType2.QUEUE=1]="QUEUE",PickResultType2[PickResultType2.TRANSIENT_FAILURE=2]="TR\
ANSIENT_FAILURE",PickResultType2[PickResultType2.DROP=3]="DROP"})(PickResultType||(exports.PickResultType=PickResultType={}));var UnavailablePicker=class{constructor(status){
this.status=Object.assign({code:constants_1.Status.UNAVAILABLE,details:"No connection established",metadata:new metadata_1.Metadata},status)}pick(pickArgs){return{
pickResultType:PickResultType.TRANSIENT_FAILURE,subchannel:null,status:this.status,onCallStarted:null,onCallEnded:null}}};exports.UnavailablePicker=UnavailablePicker;
var QueuePicker=class{constructor(loadBalancer,childPicker){this.loadBalancer=loadBalancer,this.childPicker=childPicker,this.calledExitIdle=!1}pick(pickArgs){return this.
calledExitIdle||(process.nextTick(()=>{this.loadBalancer.exitIdle()}),this.calledExitIdle=!0),this.childPicker?this.childPicker.pick(pickArgs):{pickResultType:PickResultType.
QUEUE,subchannel:null,status:null,onCallStarted:null,onCallEnded:null}}};exports.QueuePicker=QueuePicker}});var require_backoff_timeout=__commonJS({"node_modules/@grpc/grpc-js/build/src/backoff-timeout.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.BackoffTimeout=void 0;var constants_1=require_constants(),logging=require_logging(),TRACER_NAME="backoff",INITIAL_BACKOFF_MS=1e3,BACKOFF_MULTIPLIER=1.6,
MAX_BACKOFF_MS=12e4,BACKOFF_JITTER=.2;function uniformRandom(min,max){return Math.random()*(max-min)+min}var BackoffTimeout=class _BackoffTimeout{constructor(callback,options){
this.callback=callback,this.initialDelay=INITIAL_BACKOFF_MS,this.multiplier=BACKOFF_MULTIPLIER,this.maxDelay=MAX_BACKOFF_MS,this.jitter=BACKOFF_JITTER,this.running=
!1,this.hasRef=!0,this.startTime=new Date,this.endTime=new Date,this.id=_BackoffTimeout.getNextId(),options&&(options.initialDelay&&(this.initialDelay=options.initialDelay),
options.multiplier&&(this.multiplier=options.multiplier),options.jitter&&(this.jitter=options.jitter),options.maxDelay&&(this.maxDelay=options.maxDelay)),this.traceEnabled&&
this.trace("constructed initialDelay="+this.initialDelay+" multiplier="+this.multiplier+" jitter="+this.jitter+" maxDelay="+this.maxDelay),this.nextDelay=this.initialDelay,
this.timerId=setTimeout(()=>{},0),clearTimeout(this.timerId)}static getNextId(){return this.nextId++}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){
this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"{"+this.id+"} "+text)}runTimer(delay){var _a,_b;this.traceEnabled&&this.trace("runT\
imer(delay="+delay+")"),this.endTime=this.startTime,this.endTime.setMilliseconds(this.endTime.getMilliseconds()+delay),clearTimeout(this.timerId),this.timerId=setTimeout(
()=>{this.trace("timer fired"),this.running=!1,this.callback()},delay),this.hasRef||(_b=(_a=this.timerId).unref)===null||_b===void 0||_b.call(_a)}runOnce(){this.
trace("runOnce()"),this.running=!0,this.startTime=new Date,this.runTimer(this.nextDelay);let nextBackoff=Math.min(this.nextDelay*this.multiplier,this.maxDelay),
jitterMagnitude=nextBackoff*this.jitter;this.nextDelay=nextBackoff+uniformRandom(-jitterMagnitude,jitterMagnitude)}stop(){this.trace("stop()"),clearTimeout(this.
timerId),this.running=!1}reset(){if(this.traceEnabled&&this.trace("reset() running="+this.running),this.nextDelay=this.initialDelay,this.running){let now=new Date,
newEndTime=this.startTime;newEndTime.setMilliseconds(newEndTime.getMilliseconds()+this.nextDelay),clearTimeout(this.timerId),now<newEndTime?this.runTimer(newEndTime.
getTime()-now.getTime()):this.running=!1}}isRunning(){return this.running}ref(){var _a,_b;this.hasRef=!0,(_b=(_a=this.timerId).ref)===null||_b===void 0||_b.call(
_a)}unref(){var _a,_b;this.hasRef=!1,(_b=(_a=this.timerId).unref)===null||_b===void 0||_b.call(_a)}getEndTime(){return this.endTime}};exports.BackoffTimeout=BackoffTimeout;
BackoffTimeout.nextId=0}});var require_load_balancer_child_handler=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer-child-handler.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.ChildLoadBalancerHandler=void 0;var load_balancer_1=require_load_balancer(),connectivity_state_1=require_connectivity_state(),
TYPE_NAME="child_load_balancer_helper",ChildLoadBalancerHandler=class{constructor(channelControlHelper){this.channelControlHelper=channelControlHelper,this.currentChild=
null,this.pendingChild=null,this.latestConfig=null,this.ChildPolicyHelper=class{constructor(parent){this.parent=parent,this.child=null}createSubchannel(subchannelAddress,subchannelArgs){
return this.parent.channelControlHelper.createSubchannel(subchannelAddress,subchannelArgs)}updateState(connectivityState,picker,errorMessage){var _a;if(this.calledByPendingChild()){
if(connectivityState===connectivity_state_1.ConnectivityState.CONNECTING)return;(_a=this.parent.currentChild)===null||_a===void 0||_a.destroy(),this.parent.currentChild=
this.parent.pendingChild,this.parent.pendingChild=null}else if(!this.calledByCurrentChild())return;this.parent.channelControlHelper.updateState(connectivityState,
picker,errorMessage)}requestReresolution(){var _a;let latestChild=(_a=this.parent.pendingChild)!==null&&_a!==void 0?_a:this.parent.currentChild;this.child===latestChild&&
this.parent.channelControlHelper.requestReresolution()}setChild(newChild){this.child=newChild}addChannelzChild(child){this.parent.channelControlHelper.addChannelzChild(
child)}removeChannelzChild(child){this.parent.channelControlHelper.removeChannelzChild(child)}calledByPendingChild(){return this.child===this.parent.pendingChild}calledByCurrentChild(){
return this.child===this.parent.currentChild}}}configUpdateRequiresNewPolicyInstance(oldConfig,newConfig){return oldConfig.getLoadBalancerName()!==newConfig.getLoadBalancerName()}updateAddressList(endpointList,lbConfig,options,resolutionNote){
let childToUpdate;if(this.currentChild===null||this.latestConfig===null||this.configUpdateRequiresNewPolicyInstance(this.latestConfig,lbConfig)){let newHelper=new this.
ChildPolicyHelper(this),newChild=(0,load_balancer_1.createLoadBalancer)(lbConfig,newHelper);newHelper.setChild(newChild),this.currentChild===null?(this.currentChild=
newChild,childToUpdate=this.currentChild):(this.pendingChild&&this.pendingChild.destroy(),this.pendingChild=newChild,childToUpdate=this.pendingChild)}else this.
pendingChild===null?childToUpdate=this.currentChild:childToUpdate=this.pendingChild;return this.latestConfig=lbConfig,childToUpdate.updateAddressList(endpointList,
lbConfig,options,resolutionNote)}exitIdle(){this.currentChild&&(this.currentChild.exitIdle(),this.pendingChild&&this.pendingChild.exitIdle())}resetBackoff(){this.
currentChild&&(this.currentChild.resetBackoff(),this.pendingChild&&this.pendingChild.resetBackoff())}destroy(){this.currentChild&&(this.currentChild.destroy(),this.
currentChild=null),this.pendingChild&&(this.pendingChild.destroy(),this.pendingChild=null)}getTypeName(){return TYPE_NAME}};exports.ChildLoadBalancerHandler=ChildLoadBalancerHandler}});var require_resolving_load_balancer=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolving-load-balancer.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.ResolvingLoadBalancer=void 0;exports.getDefaultConfigSelector=getDefaultConfigSelector;var load_balancer_1=require_load_balancer(),
service_config_1=require_service_config(),connectivity_state_1=require_connectivity_state(),resolver_1=require_resolver(),picker_1=require_picker(),backoff_timeout_1=require_backoff_timeout(),
constants_1=require_constants(),metadata_1=require_metadata(),logging=require_logging(),constants_2=require_constants(),uri_parser_1=require_uri_parser(),load_balancer_child_handler_1=require_load_balancer_child_handler(),
TRACER_NAME="resolving_load_balancer";function trace(text){logging.trace(constants_2.LogVerbosity.DEBUG,TRACER_NAME,text)}var NAME_MATCH_LEVEL_ORDER=["SERVICE_A\
ND_METHOD","SERVICE","EMPTY"];function hasMatchingName(service,method,methodConfig,matchLevel){for(let name2 of methodConfig.name)switch(matchLevel){case"EMPTY":
if(!name2.service&&!name2.method)return!0;break;case"SERVICE":if(name2.service===service&&!name2.method)return!0;break;case"SERVICE_AND_METHOD":if(name2.service===
service&&name2.method===method)return!0}return!1}function findMatchingConfig(service,method,methodConfigs,matchLevel){for(let config of methodConfigs)if(hasMatchingName(
service,method,config,matchLevel))return config;return null}var MAX_CACHED_METHOD_CONFIGS=100;function getDefaultConfigSelector(serviceConfig){let methodConfigCache=new Map;
return{invoke(methodName,metadata,channelId){var _a,_b;let matchingConfig=methodConfigCache.get(methodName);if(matchingConfig===void 0){let splitName=methodName.
split("/").filter(x=>x.length>0),service=(_a=splitName[0])!==null&&_a!==void 0?_a:"",method=(_b=splitName[1])!==null&&_b!==void 0?_b:"";if(matchingConfig={name:[]},
serviceConfig&&serviceConfig.methodConfig)for(let matchLevel of NAME_MATCH_LEVEL_ORDER){let foundConfig=findMatchingConfig(service,method,serviceConfig.methodConfig,
matchLevel);if(foundConfig){matchingConfig=foundConfig;break}}methodConfigCache.size<MAX_CACHED_METHOD_CONFIGS&&methodConfigCache.set(methodName,matchingConfig)}
return{methodConfig:matchingConfig,pickInformation:{},status:constants_1.Status.OK,dynamicFilterFactories:[]}},unref(){methodConfigCache.clear()}}}var ResolvingLoadBalancer=class{constructor(target,channelControlHelper,channelOptions,onSuccessfulResolution,onFailedResolution){
this.target=target,this.channelControlHelper=channelControlHelper,this.channelOptions=channelOptions,this.onSuccessfulResolution=onSuccessfulResolution,this.onFailedResolution=
onFailedResolution,this.latestChildState=connectivity_state_1.ConnectivityState.IDLE,this.latestChildPicker=new picker_1.QueuePicker(this),this.latestChildErrorMessage=
null,this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.previousServiceConfig=null,this.continueResolving=!1,channelOptions["grpc.service_config"]?
this.defaultServiceConfig=(0,service_config_1.validateServiceConfig)(JSON.parse(channelOptions["grpc.service_config"])):this.defaultServiceConfig={loadBalancingConfig:[],
methodConfig:[]},this.updateState(connectivity_state_1.ConnectivityState.IDLE,new picker_1.QueuePicker(this),null),this.childLoadBalancer=new load_balancer_child_handler_1.
ChildLoadBalancerHandler({createSubchannel:channelControlHelper.createSubchannel.bind(channelControlHelper),requestReresolution:()=>{this.backoffTimeout.isRunning()?
(trace("requestReresolution delayed by backoff timer until "+this.backoffTimeout.getEndTime().toISOString()),this.continueResolving=!0):this.updateResolution()},
updateState:(newState,picker,errorMessage)=>{this.latestChildState=newState,this.latestChildPicker=picker,this.latestChildErrorMessage=errorMessage,this.updateState(
newState,picker,errorMessage)},addChannelzChild:channelControlHelper.addChannelzChild.bind(channelControlHelper),removeChannelzChild:channelControlHelper.removeChannelzChild.
bind(channelControlHelper)}),this.innerResolver=(0,resolver_1.createResolver)(target,this.handleResolverResult.bind(this),channelOptions);let backoffOptions={initialDelay:channelOptions["\
grpc.initial_reconnect_backoff_ms"],maxDelay:channelOptions["grpc.max_reconnect_backoff_ms"]};this.backoffTimeout=new backoff_timeout_1.BackoffTimeout(()=>{this.
continueResolving?(this.updateResolution(),this.continueResolving=!1):this.updateState(this.latestChildState,this.latestChildPicker,this.latestChildErrorMessage)},
backoffOptions),this.backoffTimeout.unref()}handleResolverResult(endpointList,attributes,serviceConfig,resolutionNote){var _a,_b;this.backoffTimeout.stop(),this.
backoffTimeout.reset();let resultAccepted=!0,workingServiceConfig=null;if(serviceConfig===null?workingServiceConfig=this.defaultServiceConfig:serviceConfig.ok?workingServiceConfig=
serviceConfig.value:this.previousServiceConfig!==null?workingServiceConfig=this.previousServiceConfig:(resultAccepted=!1,this.handleResolutionFailure(serviceConfig.
error)),workingServiceConfig!==null){let workingConfigList=(_a=workingServiceConfig?.loadBalancingConfig)!==null&&_a!==void 0?_a:[],loadBalancingConfig=(0,load_balancer_1.
selectLbConfigFromList)(workingConfigList,!0);loadBalancingConfig===null?(resultAccepted=!1,this.handleResolutionFailure({code:constants_1.Status.UNAVAILABLE,details:"\
All load balancer options in service config are not compatible",metadata:new metadata_1.Metadata})):resultAccepted=this.childLoadBalancer.updateAddressList(endpointList,
loadBalancingConfig,Object.assign(Object.assign({},this.channelOptions),attributes),resolutionNote)}return resultAccepted&&this.onSuccessfulResolution(workingServiceConfig,
(_b=attributes[resolver_1.CHANNEL_ARGS_CONFIG_SELECTOR_KEY])!==null&&_b!==void 0?_b:getDefaultConfigSelector(workingServiceConfig)),resultAccepted}updateResolution(){
this.innerResolver.updateResolution(),this.currentState===connectivity_state_1.ConnectivityState.IDLE&&this.updateState(connectivity_state_1.ConnectivityState.CONNECTING,
this.latestChildPicker,this.latestChildErrorMessage),this.backoffTimeout.runOnce()}updateState(connectivityState,picker,errorMessage){trace((0,uri_parser_1.uriToString)(
this.target)+" "+connectivity_state_1.ConnectivityState[this.currentState]+" -> "+connectivity_state_1.ConnectivityState[connectivityState]),connectivityState===
connectivity_state_1.ConnectivityState.IDLE&&(picker=new picker_1.QueuePicker(this,picker)),this.currentState=connectivityState,this.channelControlHelper.updateState(
connectivityState,picker,errorMessage)}handleResolutionFailure(error){this.latestChildState===connectivity_state_1.ConnectivityState.IDLE&&(this.updateState(connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker(error),error.details),this.onFailedResolution(error))}exitIdle(){(this.currentState===connectivity_state_1.
ConnectivityState.IDLE||this.currentState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE)&&(this.backoffTimeout.isRunning()?this.continueResolving=!0:
this.updateResolution()),this.childLoadBalancer.exitIdle()}updateAddressList(endpointList,lbConfig){throw new Error("updateAddressList not supported on Resolvin\
gLoadBalancer")}resetBackoff(){this.backoffTimeout.reset(),this.childLoadBalancer.resetBackoff()}destroy(){this.childLoadBalancer.destroy(),this.innerResolver.destroy(),
this.backoffTimeout.reset(),this.backoffTimeout.stop(),this.latestChildState=connectivity_state_1.ConnectivityState.IDLE,this.latestChildPicker=new picker_1.QueuePicker(
this),this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.previousServiceConfig=null,this.continueResolving=!1}getTypeName(){return"resolving_loa\
d_balancer"}};exports.ResolvingLoadBalancer=ResolvingLoadBalancer}});var require_channel_options=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel-options.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.recognizedOptions=void 0;exports.channelOptionsEqual=channelOptionsEqual;exports.recognizedOptions={"grpc.ssl_target_name_override":!0,"g\
rpc.primary_user_agent":!0,"grpc.secondary_user_agent":!0,"grpc.default_authority":!0,"grpc.keepalive_time_ms":!0,"grpc.keepalive_timeout_ms":!0,"grpc.keepalive\
_permit_without_calls":!0,"grpc.service_config":!0,"grpc.max_concurrent_streams":!0,"grpc.initial_reconnect_backoff_ms":!0,"grpc.max_reconnect_backoff_ms":!0,"g\
rpc.use_local_subchannel_pool":!0,"grpc.max_send_message_length":!0,"grpc.max_receive_message_length":!0,"grpc.enable_http_proxy":!0,"grpc.enable_channelz":!0,"\
grpc.dns_min_time_between_resolutions_ms":!0,"grpc.enable_retries":!0,"grpc.per_rpc_retry_buffer_size":!0,"grpc.retry_buffer_size":!0,"grpc.max_connection_age_m\
s":!0,"grpc.max_connection_age_grace_ms":!0,"grpc-node.max_session_memory":!0,"grpc.service_config_disable_resolution":!0,"grpc.client_idle_timeout_ms":!0,"grpc\
-node.tls_enable_trace":!0,"grpc.lb.ring_hash.ring_size_cap":!0,"grpc-node.retry_max_attempts_limit":!0,"grpc-node.flow_control_window":!0,"grpc.server_call_met\
ric_recording":!0};function channelOptionsEqual(options1,options2){let keys1=Object.keys(options1).sort(),keys2=Object.keys(options2).sort();if(keys1.length!==keys2.
length)return!1;for(let i=0;i<keys1.length;i+=1)if(keys1[i]!==keys2[i]||options1[keys1[i]]!==options2[keys2[i]])return!1;return!0}}});var require_subchannel_address=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-address.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.EndpointMap=void 0;exports.isTcpSubchannelAddress=isTcpSubchannelAddress;exports.subchannelAddressEqual=subchannelAddressEqual;exports.
subchannelAddressToString=subchannelAddressToString;exports.stringToSubchannelAddress=stringToSubchannelAddress;exports.endpointEqual=endpointEqual;exports.endpointToString=
endpointToString;exports.endpointHasAddress=endpointHasAddress;var net_1=__require("net");function isTcpSubchannelAddress(address){return"port"in address}function subchannelAddressEqual(address1,address2){
return!address1&&!address2?!0:!address1||!address2?!1:isTcpSubchannelAddress(address1)?isTcpSubchannelAddress(address2)&&address1.host===address2.host&&address1.
port===address2.port:!isTcpSubchannelAddress(address2)&&address1.path===address2.path}function subchannelAddressToString(address){return isTcpSubchannelAddress(
address)?(0,net_1.isIPv6)(address.host)?"["+address.host+"]:"+address.port:address.host+":"+address.port:address.path}var DEFAULT_PORT=443;function stringToSubchannelAddress(addressString,port){
return(0,net_1.isIP)(addressString)?{host:addressString,port:port??DEFAULT_PORT}:{path:addressString}}function endpointEqual(endpoint1,endpoint2){if(endpoint1.addresses.
length!==endpoint2.addresses.length)return!1;for(let i=0;i<endpoint1.addresses.length;i++)if(!subchannelAddressEqual(endpoint1.addresses[i],endpoint2.addresses[i]))
return!1;return!0}function endpointToString(endpoint){return"["+endpoint.addresses.map(subchannelAddressToString).join(", ")+"]"}function endpointHasAddress(endpoint,expectedAddress){
for(let address of endpoint.addresses)if(subchannelAddressEqual(address,expectedAddress))return!0;return!1}function endpointEqualUnordered(endpoint1,endpoint2){
if(endpoint1.addresses.length!==endpoint2.addresses.length)return!1;for(let address1 of endpoint1.addresses){let matchFound=!1;for(let address2 of endpoint2.addresses)
if(subchannelAddressEqual(address1,address2)){matchFound=!0;break}if(!matchFound)return!1}return!0}var EndpointMap=class{constructor(){this.map=new Set}get size(){
return this.map.size}getForSubchannelAddress(address){for(let entry of this.map)if(endpointHasAddress(entry.key,address))return entry.value}deleteMissing(endpoints){
let removedValues=[];for(let entry of this.map){let foundEntry=!1;for(let endpoint of endpoints)endpointEqualUnordered(endpoint,entry.key)&&(foundEntry=!0);foundEntry||
(removedValues.push(entry.value),this.map.delete(entry))}return removedValues}get(endpoint){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key))
return entry.value}set(endpoint,mapEntry){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key)){entry.value=mapEntry;return}this.map.add({key:endpoint,
value:mapEntry})}delete(endpoint){for(let entry of this.map)if(endpointEqualUnordered(endpoint,entry.key)){this.map.delete(entry);return}}has(endpoint){for(let entry of this.
map)if(endpointEqualUnordered(endpoint,entry.key))return!0;return!1}clear(){this.map.clear()}*keys(){for(let entry of this.map)yield entry.key}*values(){for(let entry of this.
map)yield entry.value}*entries(){for(let entry of this.map)yield[entry.key,entry.value]}};exports.EndpointMap=EndpointMap}});var require_cjs=__commonJS({"node_modules/@js-sdsl/ordered-map/dist/cjs/index.js"(exports){"use strict";Object.defineProperty(exports,"t",{value:!0});var TreeNode=class{constructor(t,e,s=1){
this.i=void 0,this.h=void 0,this.o=void 0,this.u=t,this.l=e,this.p=s}I(){let t=this,e=t.o.o===t;if(e&&t.p===1)t=t.h;else if(t.i)for(t=t.i;t.h;)t=t.h;else{if(e)return t.
o;let s=t.o;for(;s.i===t;)t=s,s=t.o;t=s}return t}B(){let t=this;if(t.h){for(t=t.h;t.i;)t=t.i;return t}else{let e=t.o;for(;e.h===t;)t=e,e=t.o;return t.h!==e?e:t}}_(){
let t=this.o,e=this.h,s=e.i;return t.o===this?t.o=e:t.i===this?t.i=e:t.h=e,e.o=t,e.i=this,this.o=e,this.h=s,s&&(s.o=this),e}g(){let t=this.o,e=this.i,s=e.h;return t.
o===this?t.o=e:t.i===this?t.i=e:t.h=e,e.o=t,e.h=this,this.o=e,this.i=s,s&&(s.o=this),e}},TreeNodeEnableIndex=class extends TreeNode{constructor(){super(...arguments),
this.M=1}_(){let t=super._();return this.O(),t.O(),t}g(){let t=super.g();return this.O(),t.O(),t}O(){this.M=1,this.i&&(this.M+=this.i.M),this.h&&(this.M+=this.h.
M)}},ContainerIterator=class{constructor(t=0){this.iteratorType=t}equals(t){return this.T===t.T}},Base=class{constructor(){this.m=0}get length(){return this.m}size(){
return this.m}empty(){return this.m===0}},Container2=class extends Base{};function throwIteratorAccessError(){throw new RangeError("Iterator access denied!")}var TreeContainer=class extends Container2{constructor(t=function(t2,e2){
return t2<e2?-1:t2>e2?1:0},e=!1){super(),this.v=void 0,this.A=t,this.enableIndex=e,this.N=e?TreeNodeEnableIndex:TreeNode,this.C=new this.N}R(t,e){let s=this.C;for(;t;){
let i=this.A(t.u,e);if(i<0)t=t.h;else if(i>0)s=t,t=t.i;else return t}return s}K(t,e){let s=this.C;for(;t;)this.A(t.u,e)<=0?t=t.h:(s=t,t=t.i);return s}L(t,e){let s=this.
C;for(;t;){let i=this.A(t.u,e);if(i<0)s=t,t=t.h;else if(i>0)t=t.i;else return t}return s}k(t,e){let s=this.C;for(;t;)this.A(t.u,e)<0?(s=t,t=t.h):t=t.i;return s}P(t){
for(;;){let e=t.o;if(e===this.C)return;if(t.p===1){t.p=0;return}if(t===e.i){let s=e.h;if(s.p===1)s.p=0,e.p=1,e===this.v?this.v=e._():e._();else if(s.h&&s.h.p===
1){s.p=e.p,e.p=0,s.h.p=0,e===this.v?this.v=e._():e._();return}else s.i&&s.i.p===1?(s.p=1,s.i.p=0,s.g()):(s.p=1,t=e)}else{let s=e.i;if(s.p===1)s.p=0,e.p=1,e===this.
v?this.v=e.g():e.g();else if(s.i&&s.i.p===1){s.p=e.p,e.p=0,s.i.p=0,e===this.v?this.v=e.g():e.g();return}else s.h&&s.h.p===1?(s.p=1,s.h.p=0,s._()):(s.p=1,t=e)}}}S(t){
if(this.m===1){this.clear();return}let e=t;for(;e.i||e.h;){if(e.h)for(e=e.h;e.i;)e=e.i;else e=e.i;let s2=t.u;t.u=e.u,e.u=s2;let i=t.l;t.l=e.l,e.l=i,t=e}this.C.i===
e?this.C.i=e.o:this.C.h===e&&(this.C.h=e.o),this.P(e);let s=e.o;if(e===s.i?s.i=void 0:s.h=void 0,this.m-=1,this.v.p=0,this.enableIndex)for(;s!==this.C;)s.M-=1,s=
s.o}U(t){let e=typeof t=="number"?t:void 0,s=typeof t=="function"?t:void 0,i=typeof t>"u"?[]:void 0,r=0,n=this.v,h=[];for(;h.length||n;)if(n)h.push(n),n=n.i;else{
if(n=h.pop(),r===e)return n;i&&i.push(n),s&&s(n,r,this),r+=1,n=n.h}return i}j(t){for(;;){let e=t.o;if(e.p===0)return;let s=e.o;if(e===s.i){let i=s.h;if(i&&i.p===
1){if(i.p=e.p=0,s===this.v)return;s.p=1,t=s;continue}else if(t===e.h){if(t.p=0,t.i&&(t.i.o=e),t.h&&(t.h.o=s),e.h=t.i,s.i=t.h,t.i=e,t.h=s,s===this.v)this.v=t,this.
C.o=t;else{let e2=s.o;e2.i===s?e2.i=t:e2.h=t}t.o=s.o,e.o=t,s.o=t,s.p=1}else{e.p=0,s===this.v?this.v=s.g():s.g(),s.p=1;return}}else{let i=s.i;if(i&&i.p===1){if(i.
p=e.p=0,s===this.v)return;s.p=1,t=s;continue}else if(t===e.i){if(t.p=0,t.i&&(t.i.o=s),t.h&&(t.h.o=e),s.h=t.i,e.i=t.h,t.i=s,t.h=e,s===this.v)this.v=t,this.C.o=t;else{
let e2=s.o;e2.i===s?e2.i=t:e2.h=t}t.o=s.o,e.o=t,s.o=t,s.p=1}else{e.p=0,s===this.v?this.v=s._():s._(),s.p=1;return}}this.enableIndex&&(e.O(),s.O(),t.O());return}}q(t,e,s){
if(this.v===void 0)return this.m+=1,this.v=new this.N(t,e,0),this.v.o=this.C,this.C.o=this.C.i=this.C.h=this.v,this.m;let i,r=this.C.i,n=this.A(r.u,t);if(n===0)
return r.l=e,this.m;if(n>0)r.i=new this.N(t,e),r.i.o=r,i=r.i,this.C.i=i;else{let r2=this.C.h,n2=this.A(r2.u,t);if(n2===0)return r2.l=e,this.m;if(n2<0)r2.h=new this.
N(t,e),r2.h.o=r2,i=r2.h,this.C.h=i;else{if(s!==void 0){let r3=s.T;if(r3!==this.C){let s2=this.A(r3.u,t);if(s2===0)return r3.l=e,this.m;if(s2>0){let s3=r3.I(),n3=this.
A(s3.u,t);if(n3===0)return s3.l=e,this.m;n3<0&&(i=new this.N(t,e),s3.h===void 0?(s3.h=i,i.o=s3):(r3.i=i,i.o=r3))}}}if(i===void 0)for(i=this.v;;){let s2=this.A(i.
u,t);if(s2>0){if(i.i===void 0){i.i=new this.N(t,e),i.i.o=i,i=i.i;break}i=i.i}else if(s2<0){if(i.h===void 0){i.h=new this.N(t,e),i.h.o=i,i=i.h;break}i=i.h}else return i.
l=e,this.m}}}if(this.enableIndex){let t2=i.o;for(;t2!==this.C;)t2.M+=1,t2=t2.o}return this.j(i),this.m+=1,this.m}H(t,e){for(;t;){let s=this.A(t.u,e);if(s<0)t=t.
h;else if(s>0)t=t.i;else return t}return t||this.C}clear(){this.m=0,this.v=void 0,this.C.o=void 0,this.C.i=this.C.h=void 0}updateKeyByIterator(t,e){let s=t.T;if(s===
this.C&&throwIteratorAccessError(),this.m===1)return s.u=e,!0;let i=s.B().u;if(s===this.C.i)return this.A(i,e)>0?(s.u=e,!0):!1;let r=s.I().u;return s===this.C.h?
this.A(r,e)<0?(s.u=e,!0):!1:this.A(r,e)>=0||this.A(i,e)<=0?!1:(s.u=e,!0)}eraseElementByPos(t){if(t<0||t>this.m-1)throw new RangeError;let e=this.U(t);return this.
S(e),this.m}eraseElementByKey(t){if(this.m===0)return!1;let e=this.H(this.v,t);return e===this.C?!1:(this.S(e),!0)}eraseElementByIterator(t){let e=t.T;e===this.
C&&throwIteratorAccessError();let s=e.h===void 0;return t.iteratorType===0?s&&t.next():(!s||e.i===void 0)&&t.next(),this.S(e),t}getHeight(){if(this.m===0)return 0;
function traversal(t){return t?Math.max(traversal(t.i),traversal(t.h))+1:0}return traversal(this.v)}},TreeIterator=class extends ContainerIterator{constructor(t,e,s){
super(s),this.T=t,this.C=e,this.iteratorType===0?(this.pre=function(){return this.T===this.C.i&&throwIteratorAccessError(),this.T=this.T.I(),this},this.next=function(){
return this.T===this.C&&throwIteratorAccessError(),this.T=this.T.B(),this}):(this.pre=function(){return this.T===this.C.h&&throwIteratorAccessError(),this.T=this.
T.B(),this},this.next=function(){return this.T===this.C&&throwIteratorAccessError(),this.T=this.T.I(),this})}get index(){let t=this.T,e=this.C.o;if(t===this.C)return e?
e.M-1:0;let s=0;for(t.i&&(s+=t.i.M);t!==e;){let e2=t.o;t===e2.h&&(s+=1,e2.i&&(s+=e2.i.M)),t=e2}return s}isAccessible(){return this.T!==this.C}},OrderedMapIterator=class _OrderedMapIterator extends TreeIterator{constructor(t,e,s,i){
super(t,e,i),this.container=s}get pointer(){this.T===this.C&&throwIteratorAccessError();let t=this;return new Proxy([],{get(e,s){return s==="0"?t.T.u:s==="1"?t.
T.l:(e[0]=t.T.u,e[1]=t.T.l,e[s])},set(e,s,i){if(s!=="1")throw new TypeError("prop must be 1");return t.T.l=i,!0}})}copy(){return new _OrderedMapIterator(this.T,
this.C,this.container,this.iteratorType)}},OrderedMap=class extends TreeContainer{constructor(t=[],e,s){super(e,s);let i=this;t.forEach((function(t2){i.setElement(
t2[0],t2[1])}))}begin(){return new OrderedMapIterator(this.C.i||this.C,this.C,this)}end(){return new OrderedMapIterator(this.C,this.C,this)}rBegin(){return new OrderedMapIterator(
this.C.h||this.C,this.C,this,1)}rEnd(){return new OrderedMapIterator(this.C,this.C,this,1)}front(){if(this.m===0)return;let t=this.C.i;return[t.u,t.l]}back(){if(this.
m===0)return;let t=this.C.h;return[t.u,t.l]}lowerBound(t){let e=this.R(this.v,t);return new OrderedMapIterator(e,this.C,this)}upperBound(t){let e=this.K(this.v,
t);return new OrderedMapIterator(e,this.C,this)}reverseLowerBound(t){let e=this.L(this.v,t);return new OrderedMapIterator(e,this.C,this)}reverseUpperBound(t){let e=this.
k(this.v,t);return new OrderedMapIterator(e,this.C,this)}forEach(t){this.U((function(e,s,i){t([e.u,e.l],s,i)}))}setElement(t,e,s){return this.q(t,e,s)}getElementByPos(t){
if(t<0||t>this.m-1)throw new RangeError;let e=this.U(t);return[e.u,e.l]}find(t){let e=this.H(this.v,t);return new OrderedMapIterator(e,this.C,this)}getElementByKey(t){
return this.H(this.v,t).l}union(t){let e=this;return t.forEach((function(t2){e.setElement(t2[0],t2[1])})),this.m}*[Symbol.iterator](){let t=this.m,e=this.U();for(let s=0;s<
t;++s){let t2=e[s];yield[t2.u,t2.l]}}};exports.OrderedMap=OrderedMap}});var require_admin=__commonJS({"node_modules/@grpc/grpc-js/build/src/admin.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
registerAdminService=registerAdminService;exports.addAdminServicesToServer=addAdminServicesToServer;var registeredAdminServices=[];function registerAdminService(getServiceDefinition,getHandlers){
registeredAdminServices.push({getServiceDefinition,getHandlers})}function addAdminServicesToServer(server){for(let{getServiceDefinition,getHandlers}of registeredAdminServices)
server.addService(getServiceDefinition(),getHandlers())}}});var require_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
ClientDuplexStreamImpl=exports.ClientWritableStreamImpl=exports.ClientReadableStreamImpl=exports.ClientUnaryCallImpl=void 0;exports.callErrorFromStatus=callErrorFromStatus;
var events_1=__require("events"),stream_1=__require("stream"),constants_1=require_constants();function callErrorFromStatus(status,callerStack){let message=`${status.
code} ${constants_1.Status[status.code]}: ${status.details}`,stack=`${new Error(message).stack}
for call at
${callerStack}`;return Object.assign(new Error(message),status,{stack})}var ClientUnaryCallImpl=class extends events_1.EventEmitter{constructor(){super()}cancel(){
var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===
null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==
null&&_b!==void 0?_b:null}};exports.ClientUnaryCallImpl=ClientUnaryCallImpl;var ClientReadableStreamImpl=class extends stream_1.Readable{constructor(deserialize){
super({objectMode:!0}),this.deserialize=deserialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancel\
led on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;
return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_read(_size){var _a;(_a=this.call)===null||_a===void 0||_a.
startRead()}};exports.ClientReadableStreamImpl=ClientReadableStreamImpl;var ClientWritableStreamImpl=class extends stream_1.Writable{constructor(serialize){super(
{objectMode:!0}),this.serialize=serialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled on cli\
ent")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){var _a,_b;return(_b=
(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_write(chunk,encoding,cb){var _a;let context={callback:cb},flags2=Number(
encoding);Number.isNaN(flags2)||(context.flags=flags2),(_a=this.call)===null||_a===void 0||_a.sendMessageWithContext(context,chunk)}_final(cb){var _a;(_a=this.call)===
null||_a===void 0||_a.halfClose(),cb()}};exports.ClientWritableStreamImpl=ClientWritableStreamImpl;var ClientDuplexStreamImpl=class extends stream_1.Duplex{constructor(serialize,deserialize){
super({objectMode:!0}),this.serialize=serialize,this.deserialize=deserialize}cancel(){var _a;(_a=this.call)===null||_a===void 0||_a.cancelWithStatus(constants_1.
Status.CANCELLED,"Cancelled on client")}getPeer(){var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:"unknown"}getAuthContext(){
var _a,_b;return(_b=(_a=this.call)===null||_a===void 0?void 0:_a.getAuthContext())!==null&&_b!==void 0?_b:null}_read(_size){var _a;(_a=this.call)===null||_a===void 0||
_a.startRead()}_write(chunk,encoding,cb){var _a;let context={callback:cb},flags2=Number(encoding);Number.isNaN(flags2)||(context.flags=flags2),(_a=this.call)===
null||_a===void 0||_a.sendMessageWithContext(context,chunk)}_final(cb){var _a;(_a=this.call)===null||_a===void 0||_a.halfClose(),cb()}};exports.ClientDuplexStreamImpl=
ClientDuplexStreamImpl}});var require_call_interface=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-interface.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.InterceptingListenerImpl=void 0;exports.statusOrFromValue=statusOrFromValue;exports.statusOrFromError=statusOrFromError;exports.isInterceptingListener=
isInterceptingListener;var metadata_1=require_metadata();function statusOrFromValue(value){return{ok:!0,value}}function statusOrFromError(error){var _a;return{ok:!1,
error:Object.assign(Object.assign({},error),{metadata:(_a=error.metadata)!==null&&_a!==void 0?_a:new metadata_1.Metadata})}}function isInterceptingListener(listener){
return listener.onReceiveMetadata!==void 0&&listener.onReceiveMetadata.length===1}var InterceptingListenerImpl=class{constructor(listener,nextListener){this.listener=
listener,this.nextListener=nextListener,this.processingMetadata=!1,this.hasPendingMessage=!1,this.processingMessage=!1,this.pendingStatus=null}processPendingMessage(){
this.hasPendingMessage&&(this.nextListener.onReceiveMessage(this.pendingMessage),this.pendingMessage=null,this.hasPendingMessage=!1)}processPendingStatus(){this.
pendingStatus&&this.nextListener.onReceiveStatus(this.pendingStatus)}onReceiveMetadata(metadata){this.processingMetadata=!0,this.listener.onReceiveMetadata(metadata,
metadata2=>{this.processingMetadata=!1,this.nextListener.onReceiveMetadata(metadata2),this.processPendingMessage(),this.processPendingStatus()})}onReceiveMessage(message){
this.processingMessage=!0,this.listener.onReceiveMessage(message,msg=>{this.processingMessage=!1,this.processingMetadata?(this.pendingMessage=msg,this.hasPendingMessage=
!0):(this.nextListener.onReceiveMessage(msg),this.processPendingStatus())})}onReceiveStatus(status){this.listener.onReceiveStatus(status,processedStatus=>{this.
processingMetadata||this.processingMessage?this.pendingStatus=processedStatus:this.nextListener.onReceiveStatus(processedStatus)})}};exports.InterceptingListenerImpl=
InterceptingListenerImpl}});var require_client_interceptors=__commonJS({"node_modules/@grpc/grpc-js/build/src/client-interceptors.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.InterceptingCall=exports.RequesterBuilder=exports.ListenerBuilder=exports.InterceptorConfigurationError=void 0;exports.getInterceptingCall=
getInterceptingCall;var metadata_1=require_metadata(),call_interface_1=require_call_interface(),constants_1=require_constants(),error_1=require_error(),InterceptorConfigurationError=class _InterceptorConfigurationError extends Error{constructor(message){
super(message),this.name="InterceptorConfigurationError",Error.captureStackTrace(this,_InterceptorConfigurationError)}};exports.InterceptorConfigurationError=InterceptorConfigurationError;
var ListenerBuilder=class{constructor(){this.metadata=void 0,this.message=void 0,this.status=void 0}withOnReceiveMetadata(onReceiveMetadata){return this.metadata=
onReceiveMetadata,this}withOnReceiveMessage(onReceiveMessage){return this.message=onReceiveMessage,this}withOnReceiveStatus(onReceiveStatus){return this.status=
onReceiveStatus,this}build(){return{onReceiveMetadata:this.metadata,onReceiveMessage:this.message,onReceiveStatus:this.status}}};exports.ListenerBuilder=ListenerBuilder;
var RequesterBuilder=class{constructor(){this.start=void 0,this.message=void 0,this.halfClose=void 0,this.cancel=void 0}withStart(start2){return this.start=start2,
this}withSendMessage(sendMessage){return this.message=sendMessage,this}withHalfClose(halfClose){return this.halfClose=halfClose,this}withCancel(cancel){return this.
cancel=cancel,this}build(){return{start:this.start,sendMessage:this.message,halfClose:this.halfClose,cancel:this.cancel}}};exports.RequesterBuilder=RequesterBuilder;
var defaultListener={onReceiveMetadata:(metadata,next)=>{next(metadata)},onReceiveMessage:(message,next)=>{next(message)},onReceiveStatus:(status,next)=>{next(status)}},
defaultRequester={start:(metadata,listener,next)=>{next(metadata,listener)},sendMessage:(message,next)=>{next(message)},halfClose:next=>{next()},cancel:next=>{next()}},
InterceptingCall=class{constructor(nextCall,requester){var _a,_b,_c,_d;this.nextCall=nextCall,this.processingMetadata=!1,this.pendingMessageContext=null,this.processingMessage=
!1,this.pendingHalfClose=!1,requester?this.requester={start:(_a=requester.start)!==null&&_a!==void 0?_a:defaultRequester.start,sendMessage:(_b=requester.sendMessage)!==
null&&_b!==void 0?_b:defaultRequester.sendMessage,halfClose:(_c=requester.halfClose)!==null&&_c!==void 0?_c:defaultRequester.halfClose,cancel:(_d=requester.cancel)!==
null&&_d!==void 0?_d:defaultRequester.cancel}:this.requester=defaultRequester}cancelWithStatus(status,details){this.requester.cancel(()=>{this.nextCall.cancelWithStatus(
status,details)})}getPeer(){return this.nextCall.getPeer()}processPendingMessage(){this.pendingMessageContext&&(this.nextCall.sendMessageWithContext(this.pendingMessageContext,
this.pendingMessage),this.pendingMessageContext=null,this.pendingMessage=null)}processPendingHalfClose(){this.pendingHalfClose&&this.nextCall.halfClose()}start(metadata,interceptingListener){
var _a,_b,_c,_d,_e,_f;let fullInterceptingListener={onReceiveMetadata:(_b=(_a=interceptingListener?.onReceiveMetadata)===null||_a===void 0?void 0:_a.bind(interceptingListener))!==
null&&_b!==void 0?_b:(metadata2=>{}),onReceiveMessage:(_d=(_c=interceptingListener?.onReceiveMessage)===null||_c===void 0?void 0:_c.bind(interceptingListener))!==
null&&_d!==void 0?_d:(message=>{}),onReceiveStatus:(_f=(_e=interceptingListener?.onReceiveStatus)===null||_e===void 0?void 0:_e.bind(interceptingListener))!==null&&
_f!==void 0?_f:(status=>{})};this.processingMetadata=!0,this.requester.start(metadata,fullInterceptingListener,(md,listener)=>{var _a2,_b2,_c2;this.processingMetadata=
!1;let finalInterceptingListener;if((0,call_interface_1.isInterceptingListener)(listener))finalInterceptingListener=listener;else{let fullListener={onReceiveMetadata:(_a2=
listener.onReceiveMetadata)!==null&&_a2!==void 0?_a2:defaultListener.onReceiveMetadata,onReceiveMessage:(_b2=listener.onReceiveMessage)!==null&&_b2!==void 0?_b2:
defaultListener.onReceiveMessage,onReceiveStatus:(_c2=listener.onReceiveStatus)!==null&&_c2!==void 0?_c2:defaultListener.onReceiveStatus};finalInterceptingListener=
new call_interface_1.InterceptingListenerImpl(fullListener,fullInterceptingListener)}this.nextCall.start(md,finalInterceptingListener),this.processPendingMessage(),
this.processPendingHalfClose()})}sendMessageWithContext(context,message){this.processingMessage=!0,this.requester.sendMessage(message,finalMessage=>{this.processingMessage=
!1,this.processingMetadata?(this.pendingMessageContext=context,this.pendingMessage=message):(this.nextCall.sendMessageWithContext(context,finalMessage),this.processPendingHalfClose())})}sendMessage(message){
this.sendMessageWithContext({},message)}startRead(){this.nextCall.startRead()}halfClose(){this.requester.halfClose(()=>{this.processingMetadata||this.processingMessage?
this.pendingHalfClose=!0:this.nextCall.halfClose()})}getAuthContext(){return this.nextCall.getAuthContext()}};exports.InterceptingCall=InterceptingCall;function getCall(channel,path,options){
var _a,_b;let deadline=(_a=options.deadline)!==null&&_a!==void 0?_a:1/0,host=options.host,parent=(_b=options.parent)!==null&&_b!==void 0?_b:null,propagateFlags=options.
propagate_flags,credentials2=options.credentials,call2=channel.createCall(path,deadline,host,parent,propagateFlags);return credentials2&&call2.setCredentials(credentials2),
call2}var BaseInterceptingCall=class{constructor(call2,methodDefinition){this.call=call2,this.methodDefinition=methodDefinition}cancelWithStatus(status,details){
this.call.cancelWithStatus(status,details)}getPeer(){return this.call.getPeer()}sendMessageWithContext(context,message){let serialized;try{serialized=this.methodDefinition.
requestSerialize(message)}catch(e){this.call.cancelWithStatus(constants_1.Status.INTERNAL,`Request message serialization failure: ${(0,error_1.getErrorMessage)(
e)}`);return}this.call.sendMessageWithContext(context,serialized)}sendMessage(message){this.sendMessageWithContext({},message)}start(metadata,interceptingListener){
let readError=null;this.call.start(metadata,{onReceiveMetadata:metadata2=>{var _a;(_a=interceptingListener?.onReceiveMetadata)===null||_a===void 0||_a.call(interceptingListener,
metadata2)},onReceiveMessage:message=>{var _a;let deserialized;try{deserialized=this.methodDefinition.responseDeserialize(message)}catch(e){readError={code:constants_1.
Status.INTERNAL,details:`Response message parsing error: ${(0,error_1.getErrorMessage)(e)}`,metadata:new metadata_1.Metadata},this.call.cancelWithStatus(readError.
code,readError.details);return}(_a=interceptingListener?.onReceiveMessage)===null||_a===void 0||_a.call(interceptingListener,deserialized)},onReceiveStatus:status=>{
var _a,_b;readError?(_a=interceptingListener?.onReceiveStatus)===null||_a===void 0||_a.call(interceptingListener,readError):(_b=interceptingListener?.onReceiveStatus)===
null||_b===void 0||_b.call(interceptingListener,status)}})}startRead(){this.call.startRead()}halfClose(){this.call.halfClose()}getAuthContext(){return this.call.
getAuthContext()}},BaseUnaryInterceptingCall=class extends BaseInterceptingCall{constructor(call2,methodDefinition){super(call2,methodDefinition)}start(metadata,listener){
var _a,_b;let receivedMessage=!1,wrapperListener={onReceiveMetadata:(_b=(_a=listener?.onReceiveMetadata)===null||_a===void 0?void 0:_a.bind(listener))!==null&&_b!==
void 0?_b:(metadata2=>{}),onReceiveMessage:message=>{var _a2;receivedMessage=!0,(_a2=listener?.onReceiveMessage)===null||_a2===void 0||_a2.call(listener,message)},
onReceiveStatus:status=>{var _a2,_b2;receivedMessage||(_a2=listener?.onReceiveMessage)===null||_a2===void 0||_a2.call(listener,null),(_b2=listener?.onReceiveStatus)===
null||_b2===void 0||_b2.call(listener,status)}};super.start(metadata,wrapperListener),this.call.startRead()}},BaseStreamingInterceptingCall=class extends BaseInterceptingCall{};
function getBottomInterceptingCall(channel,options,methodDefinition){let call2=getCall(channel,methodDefinition.path,options);return methodDefinition.responseStream?
new BaseStreamingInterceptingCall(call2,methodDefinition):new BaseUnaryInterceptingCall(call2,methodDefinition)}function getInterceptingCall(interceptorArgs,methodDefinition,options,channel){
if(interceptorArgs.clientInterceptors.length>0&&interceptorArgs.clientInterceptorProviders.length>0)throw new InterceptorConfigurationError("Both interceptors a\
nd interceptor_providers were passed as options to the client constructor. Only one of these is allowed.");if(interceptorArgs.callInterceptors.length>0&&interceptorArgs.
callInterceptorProviders.length>0)throw new InterceptorConfigurationError("Both interceptors and interceptor_providers were passed as call options. Only one of \
these is allowed.");let interceptors=[];interceptorArgs.callInterceptors.length>0||interceptorArgs.callInterceptorProviders.length>0?interceptors=[].concat(interceptorArgs.
callInterceptors,interceptorArgs.callInterceptorProviders.map(provider=>provider(methodDefinition))).filter(interceptor=>interceptor):interceptors=[].concat(interceptorArgs.
clientInterceptors,interceptorArgs.clientInterceptorProviders.map(provider=>provider(methodDefinition))).filter(interceptor=>interceptor);let interceptorOptions=Object.
assign({},options,{method_definition:methodDefinition});return interceptors.reduceRight((nextCall,nextInterceptor)=>currentOptions=>nextInterceptor(currentOptions,
nextCall),finalOptions=>getBottomInterceptingCall(channel,finalOptions,methodDefinition))(interceptorOptions)}}});var require_client=__commonJS({"node_modules/@grpc/grpc-js/build/src/client.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
Client=void 0;var call_1=require_call(),channel_1=require_channel(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),metadata_1=require_metadata(),
client_interceptors_1=require_client_interceptors(),CHANNEL_SYMBOL=Symbol(),INTERCEPTOR_SYMBOL=Symbol(),INTERCEPTOR_PROVIDER_SYMBOL=Symbol(),CALL_INVOCATION_TRANSFORMER_SYMBOL=Symbol();
function isFunction(arg){return typeof arg=="function"}function getErrorStackString(error){var _a;return((_a=error.stack)===null||_a===void 0?void 0:_a.split(`
`).slice(1).join(`
`))||"no stack trace available"}var Client5=class{constructor(address,credentials2,options={}){var _a,_b;if(options=Object.assign({},options),this[INTERCEPTOR_SYMBOL]=
(_a=options.interceptors)!==null&&_a!==void 0?_a:[],delete options.interceptors,this[INTERCEPTOR_PROVIDER_SYMBOL]=(_b=options.interceptor_providers)!==null&&_b!==
void 0?_b:[],delete options.interceptor_providers,this[INTERCEPTOR_SYMBOL].length>0&&this[INTERCEPTOR_PROVIDER_SYMBOL].length>0)throw new Error("Both intercepto\
rs and interceptor_providers were passed as options to the client constructor. Only one of these is allowed.");if(this[CALL_INVOCATION_TRANSFORMER_SYMBOL]=options.
callInvocationTransformer,delete options.callInvocationTransformer,options.channelOverride)this[CHANNEL_SYMBOL]=options.channelOverride;else if(options.channelFactoryOverride){
let channelFactoryOverride=options.channelFactoryOverride;delete options.channelFactoryOverride,this[CHANNEL_SYMBOL]=channelFactoryOverride(address,credentials2,
options)}else this[CHANNEL_SYMBOL]=new channel_1.ChannelImplementation(address,credentials2,options)}close(){this[CHANNEL_SYMBOL].close()}getChannel(){return this[CHANNEL_SYMBOL]}waitForReady(deadline,callback){
let checkState=err=>{if(err){callback(new Error("Failed to connect before the deadline"));return}let newState;try{newState=this[CHANNEL_SYMBOL].getConnectivityState(
!0)}catch{callback(new Error("The channel has been closed"));return}if(newState===connectivity_state_1.ConnectivityState.READY)callback();else try{this[CHANNEL_SYMBOL].
watchConnectivityState(newState,deadline,checkState)}catch{callback(new Error("The channel has been closed"))}};setImmediate(checkState)}checkOptionalUnaryResponseArguments(arg1,arg2,arg3){
if(isFunction(arg1))return{metadata:new metadata_1.Metadata,options:{},callback:arg1};if(isFunction(arg2))return arg1 instanceof metadata_1.Metadata?{metadata:arg1,
options:{},callback:arg2}:{metadata:new metadata_1.Metadata,options:arg1,callback:arg2};if(!(arg1 instanceof metadata_1.Metadata&&arg2 instanceof Object&&isFunction(
arg3)))throw new Error("Incorrect arguments passed");return{metadata:arg1,options:arg2,callback:arg3}}makeUnaryRequest(method,serialize,deserialize,argument,metadata,options,callback){
var _a,_b;let checkedArguments=this.checkOptionalUnaryResponseArguments(metadata,options,callback),methodDefinition={path:method,requestStream:!1,responseStream:!1,
requestSerialize:serialize,responseDeserialize:deserialize},callProperties={argument,metadata:checkedArguments.metadata,call:new call_1.ClientUnaryCallImpl,channel:this[CHANNEL_SYMBOL],
methodDefinition,callOptions:checkedArguments.options,callback:checkedArguments.callback};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](
callProperties));let emitter=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],
callInterceptors:(_a=callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==
null&&_b!==void 0?_b:[]},call2=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.
channel);emitter.call=call2;let responseMessage=null,receivedStatus=!1,callerStackError=new Error;return call2.start(callProperties.metadata,{onReceiveMetadata:metadata2=>{
emitter.emit("metadata",metadata2)},onReceiveMessage(message){responseMessage!==null&&call2.cancelWithStatus(constants_1.Status.UNIMPLEMENTED,"Too many response\
s received"),responseMessage=message},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,status.code===constants_1.Status.OK)if(responseMessage===
null){let callerStack=getErrorStackString(callerStackError);callProperties.callback((0,call_1.callErrorFromStatus)({code:constants_1.Status.UNIMPLEMENTED,details:"\
No message received",metadata:status.metadata},callerStack))}else callProperties.callback(null,responseMessage);else{let callerStack=getErrorStackString(callerStackError);
callProperties.callback((0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,emitter.emit("status",status)}}}),call2.sendMessage(argument),
call2.halfClose(),emitter}makeClientStreamRequest(method,serialize,deserialize,metadata,options,callback){var _a,_b;let checkedArguments=this.checkOptionalUnaryResponseArguments(
metadata,options,callback),methodDefinition={path:method,requestStream:!0,responseStream:!1,requestSerialize:serialize,responseDeserialize:deserialize},callProperties={
metadata:checkedArguments.metadata,call:new call_1.ClientWritableStreamImpl(serialize),channel:this[CHANNEL_SYMBOL],methodDefinition,callOptions:checkedArguments.
options,callback:checkedArguments.callback};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));
let emitter=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=
callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?
_b:[]},call2=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.channel);emitter.
call=call2;let responseMessage=null,receivedStatus=!1,callerStackError=new Error;return call2.start(callProperties.metadata,{onReceiveMetadata:metadata2=>{emitter.
emit("metadata",metadata2)},onReceiveMessage(message){responseMessage!==null&&call2.cancelWithStatus(constants_1.Status.UNIMPLEMENTED,"Too many responses receiv\
ed"),responseMessage=message,call2.startRead()},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,status.code===constants_1.Status.OK)if(responseMessage===
null){let callerStack=getErrorStackString(callerStackError);callProperties.callback((0,call_1.callErrorFromStatus)({code:constants_1.Status.UNIMPLEMENTED,details:"\
No message received",metadata:status.metadata},callerStack))}else callProperties.callback(null,responseMessage);else{let callerStack=getErrorStackString(callerStackError);
callProperties.callback((0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,emitter.emit("status",status)}}}),emitter}checkMetadataAndOptions(arg1,arg2){
let metadata,options;return arg1 instanceof metadata_1.Metadata?(metadata=arg1,arg2?options=arg2:options={}):(arg1?options=arg1:options={},metadata=new metadata_1.
Metadata),{metadata,options}}makeServerStreamRequest(method,serialize,deserialize,argument,metadata,options){var _a,_b;let checkedArguments=this.checkMetadataAndOptions(
metadata,options),methodDefinition={path:method,requestStream:!1,responseStream:!0,requestSerialize:serialize,responseDeserialize:deserialize},callProperties={argument,
metadata:checkedArguments.metadata,call:new call_1.ClientReadableStreamImpl(deserialize),channel:this[CHANNEL_SYMBOL],methodDefinition,callOptions:checkedArguments.
options};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));let stream=callProperties.call,interceptorArgs={
clientInterceptors:this[INTERCEPTOR_SYMBOL],clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=callProperties.callOptions.interceptors)!==
null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?_b:[]},call2=(0,client_interceptors_1.
getInterceptingCall)(interceptorArgs,callProperties.methodDefinition,callProperties.callOptions,callProperties.channel);stream.call=call2;let receivedStatus=!1,
callerStackError=new Error;return call2.start(callProperties.metadata,{onReceiveMetadata(metadata2){stream.emit("metadata",metadata2)},onReceiveMessage(message){
stream.push(message)},onReceiveStatus(status){if(!receivedStatus){if(receivedStatus=!0,stream.push(null),status.code!==constants_1.Status.OK){let callerStack=getErrorStackString(
callerStackError);stream.emit("error",(0,call_1.callErrorFromStatus)(status,callerStack))}callerStackError=null,stream.emit("status",status)}}}),call2.sendMessage(
argument),call2.halfClose(),stream}makeBidiStreamRequest(method,serialize,deserialize,metadata,options){var _a,_b;let checkedArguments=this.checkMetadataAndOptions(
metadata,options),methodDefinition={path:method,requestStream:!0,responseStream:!0,requestSerialize:serialize,responseDeserialize:deserialize},callProperties={metadata:checkedArguments.
metadata,call:new call_1.ClientDuplexStreamImpl(serialize,deserialize),channel:this[CHANNEL_SYMBOL],methodDefinition,callOptions:checkedArguments.options};this[CALL_INVOCATION_TRANSFORMER_SYMBOL]&&
(callProperties=this[CALL_INVOCATION_TRANSFORMER_SYMBOL](callProperties));let stream=callProperties.call,interceptorArgs={clientInterceptors:this[INTERCEPTOR_SYMBOL],
clientInterceptorProviders:this[INTERCEPTOR_PROVIDER_SYMBOL],callInterceptors:(_a=callProperties.callOptions.interceptors)!==null&&_a!==void 0?_a:[],callInterceptorProviders:(_b=
callProperties.callOptions.interceptor_providers)!==null&&_b!==void 0?_b:[]},call2=(0,client_interceptors_1.getInterceptingCall)(interceptorArgs,callProperties.
methodDefinition,callProperties.callOptions,callProperties.channel);stream.call=call2;let receivedStatus=!1,callerStackError=new Error;return call2.start(callProperties.
metadata,{onReceiveMetadata(metadata2){stream.emit("metadata",metadata2)},onReceiveMessage(message){stream.push(message)},onReceiveStatus(status){if(!receivedStatus){
if(receivedStatus=!0,stream.push(null),status.code!==constants_1.Status.OK){let callerStack=getErrorStackString(callerStackError);stream.emit("error",(0,call_1.
callErrorFromStatus)(status,callerStack))}callerStackError=null,stream.emit("status",status)}}}),stream}};exports.Client=Client5}});var require_make_client=__commonJS({"node_modules/@grpc/grpc-js/build/src/make-client.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.makeClientConstructor=makeClientConstructor2;exports.loadPackageDefinition=loadPackageDefinition;var client_1=require_client(),requesterFuncs={unary:client_1.
Client.prototype.makeUnaryRequest,server_stream:client_1.Client.prototype.makeServerStreamRequest,client_stream:client_1.Client.prototype.makeClientStreamRequest,
bidi:client_1.Client.prototype.makeBidiStreamRequest};function isPrototypePolluted(key){return["__proto__","prototype","constructor"].includes(key)}function makeClientConstructor2(methods,serviceName,classOptions){
classOptions||(classOptions={});class ServiceClientImpl extends client_1.Client{}return Object.keys(methods).forEach(name2=>{if(isPrototypePolluted(name2))return;
let attrs=methods[name2],methodType;if(typeof name2=="string"&&name2.charAt(0)==="$")throw new Error("Method names cannot start with $");attrs.requestStream?attrs.
responseStream?methodType="bidi":methodType="client_stream":attrs.responseStream?methodType="server_stream":methodType="unary";let serialize=attrs.requestSerialize,
deserialize=attrs.responseDeserialize,methodFunc=partial(requesterFuncs[methodType],attrs.path,serialize,deserialize);ServiceClientImpl.prototype[name2]=methodFunc,
Object.assign(ServiceClientImpl.prototype[name2],attrs),attrs.originalName&&!isPrototypePolluted(attrs.originalName)&&(ServiceClientImpl.prototype[attrs.originalName]=
ServiceClientImpl.prototype[name2])}),ServiceClientImpl.service=methods,ServiceClientImpl.serviceName=serviceName,ServiceClientImpl}function partial(fn,path,serialize,deserialize){
return function(...args){return fn.call(this,path,serialize,deserialize,...args)}}function isProtobufTypeDefinition(obj){return"format"in obj}function loadPackageDefinition(packageDef){
let result={};for(let serviceFqn in packageDef)if(Object.prototype.hasOwnProperty.call(packageDef,serviceFqn)){let service=packageDef[serviceFqn],nameComponents=serviceFqn.
split(".");if(nameComponents.some(comp=>isPrototypePolluted(comp)))continue;let serviceName=nameComponents[nameComponents.length-1],current=result;for(let packageName of nameComponents.
slice(0,-1))current[packageName]||(current[packageName]={}),current=current[packageName];isProtobufTypeDefinition(service)?current[serviceName]=service:current[serviceName]=
makeClientConstructor2(service,serviceName,{})}return result}}});var require_proto_loader=__commonJS({"stub:@grpc/proto-loader"(){throw new Error("channelz is not in this program")}});var require_channelz=__commonJS({"node_modules/@grpc/grpc-js/build/src/channelz.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.registerChannelzSocket=exports.registerChannelzServer=exports.registerChannelzSubchannel=exports.registerChannelzChannel=exports.ChannelzCallTrackerStub=
exports.ChannelzCallTracker=exports.ChannelzChildrenTrackerStub=exports.ChannelzChildrenTracker=exports.ChannelzTrace=exports.ChannelzTraceStub=void 0;exports.unregisterChannelzRef=
unregisterChannelzRef;exports.dateToProtoTimestamp=dateToProtoTimestamp;exports.getChannelzHandlers=getChannelzHandlers;exports.getChannelzServiceDefinition=getChannelzServiceDefinition;
exports.setup=setup;var net_1=__require("net"),ordered_map_1=require_cjs(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),subchannel_address_1=require_subchannel_address(),
admin_1=require_admin(),make_client_1=require_make_client();function channelRefToMessage(ref){return{channel_id:ref.id,name:ref.name}}function subchannelRefToMessage(ref){
return{subchannel_id:ref.id,name:ref.name}}function serverRefToMessage(ref){return{server_id:ref.id}}function socketRefToMessage(ref){return{socket_id:ref.id,name:ref.
name}}var TARGET_RETAINED_TRACES=32,DEFAULT_MAX_RESULTS=100,ChannelzTraceStub=class{constructor(){this.events=[],this.creationTimestamp=new Date,this.eventsLogged=
0}addTrace(){}getTraceMessage(){return{creation_timestamp:dateToProtoTimestamp(this.creationTimestamp),num_events_logged:this.eventsLogged,events:[]}}};exports.
ChannelzTraceStub=ChannelzTraceStub;var ChannelzTrace=class{constructor(){this.events=[],this.eventsLogged=0,this.creationTimestamp=new Date}addTrace(severity,description,child){
let timestamp=new Date;this.events.push({description,severity,timestamp,childChannel:child?.kind==="channel"?child:void 0,childSubchannel:child?.kind==="subchan\
nel"?child:void 0}),this.events.length>=TARGET_RETAINED_TRACES*2&&(this.events=this.events.slice(TARGET_RETAINED_TRACES)),this.eventsLogged+=1}getTraceMessage(){
return{creation_timestamp:dateToProtoTimestamp(this.creationTimestamp),num_events_logged:this.eventsLogged,events:this.events.map(event=>({description:event.description,
severity:event.severity,timestamp:dateToProtoTimestamp(event.timestamp),channel_ref:event.childChannel?channelRefToMessage(event.childChannel):null,subchannel_ref:event.
childSubchannel?subchannelRefToMessage(event.childSubchannel):null}))}}};exports.ChannelzTrace=ChannelzTrace;var ChannelzChildrenTracker=class{constructor(){this.
channelChildren=new ordered_map_1.OrderedMap,this.subchannelChildren=new ordered_map_1.OrderedMap,this.socketChildren=new ordered_map_1.OrderedMap,this.trackerMap=
{channel:this.channelChildren,subchannel:this.subchannelChildren,socket:this.socketChildren}}refChild(child){let tracker=this.trackerMap[child.kind],trackedChild=tracker.
find(child.id);trackedChild.equals(tracker.end())?tracker.setElement(child.id,{ref:child,count:1},trackedChild):trackedChild.pointer[1].count+=1}unrefChild(child){
let tracker=this.trackerMap[child.kind],trackedChild=tracker.getElementByKey(child.id);trackedChild!==void 0&&(trackedChild.count-=1,trackedChild.count===0&&tracker.
eraseElementByKey(child.id))}getChildLists(){return{channels:this.channelChildren,subchannels:this.subchannelChildren,sockets:this.socketChildren}}};exports.ChannelzChildrenTracker=
ChannelzChildrenTracker;var ChannelzChildrenTrackerStub=class extends ChannelzChildrenTracker{refChild(){}unrefChild(){}};exports.ChannelzChildrenTrackerStub=ChannelzChildrenTrackerStub;
var ChannelzCallTracker=class{constructor(){this.callsStarted=0,this.callsSucceeded=0,this.callsFailed=0,this.lastCallStartedTimestamp=null}addCallStarted(){this.
callsStarted+=1,this.lastCallStartedTimestamp=Date.now()}addCallSucceeded(){this.callsSucceeded+=1}addCallFailed(){this.callsFailed+=1}};exports.ChannelzCallTracker=
ChannelzCallTracker;var ChannelzCallTrackerStub=class extends ChannelzCallTracker{addCallStarted(){}addCallSucceeded(){}addCallFailed(){}};exports.ChannelzCallTrackerStub=
ChannelzCallTrackerStub;var entityMaps={channel:new ordered_map_1.OrderedMap,subchannel:new ordered_map_1.OrderedMap,server:new ordered_map_1.OrderedMap,socket:new ordered_map_1.
OrderedMap},generateRegisterFn=kind=>{let nextId=1;function getNextId(){return nextId++}let entityMap=entityMaps[kind];return(name2,getInfo,channelzEnabled)=>{let id=getNextId(),
ref={id,name:name2,kind};return channelzEnabled&&entityMap.setElement(id,{ref,getInfo}),ref}};exports.registerChannelzChannel=generateRegisterFn("channel");exports.
registerChannelzSubchannel=generateRegisterFn("subchannel");exports.registerChannelzServer=generateRegisterFn("server");exports.registerChannelzSocket=generateRegisterFn(
"socket");function unregisterChannelzRef(ref){entityMaps[ref.kind].eraseElementByKey(ref.id)}function parseIPv6Section(addressSection){let numberValue=Number.parseInt(
addressSection,16);return[numberValue/256|0,numberValue%256]}function parseIPv6Chunk(addressChunk){if(addressChunk==="")return[];let bytePairs=addressChunk.split(
":").map(section=>parseIPv6Section(section));return[].concat(...bytePairs)}function isIPv6MappedIPv4(ipAddress){return(0,net_1.isIPv6)(ipAddress)&&ipAddress.toLowerCase().
startsWith("::ffff:")&&(0,net_1.isIPv4)(ipAddress.substring(7))}function ipv4AddressStringToBuffer(ipAddress){return Buffer.from(Uint8Array.from(ipAddress.split(
".").map(segment=>Number.parseInt(segment))))}function ipAddressStringToBuffer(ipAddress){if((0,net_1.isIPv4)(ipAddress))return ipv4AddressStringToBuffer(ipAddress);
if(isIPv6MappedIPv4(ipAddress))return ipv4AddressStringToBuffer(ipAddress.substring(7));if((0,net_1.isIPv6)(ipAddress)){let leftSection,rightSection,doubleColonIndex=ipAddress.
indexOf("::");doubleColonIndex===-1?(leftSection=ipAddress,rightSection=""):(leftSection=ipAddress.substring(0,doubleColonIndex),rightSection=ipAddress.substring(
doubleColonIndex+2));let leftBuffer=Buffer.from(parseIPv6Chunk(leftSection)),rightBuffer=Buffer.from(parseIPv6Chunk(rightSection)),middleBuffer=Buffer.alloc(16-
leftBuffer.length-rightBuffer.length,0);return Buffer.concat([leftBuffer,middleBuffer,rightBuffer])}else return null}function connectivityStateToMessage(state){
switch(state){case connectivity_state_1.ConnectivityState.CONNECTING:return{state:"CONNECTING"};case connectivity_state_1.ConnectivityState.IDLE:return{state:"I\
DLE"};case connectivity_state_1.ConnectivityState.READY:return{state:"READY"};case connectivity_state_1.ConnectivityState.SHUTDOWN:return{state:"SHUTDOWN"};case connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE:return{state:"TRANSIENT_FAILURE"};default:return{state:"UNKNOWN"}}}function dateToProtoTimestamp(date){if(date==null)return null;
let millisSinceEpoch=typeof date=="number"?date:date.getTime();return{seconds:Math.floor(millisSinceEpoch/1e3),nanos:millisSinceEpoch%1e3*1e6}}function getChannelMessage(channelEntry){
let resolvedInfo=channelEntry.getInfo(),channelRef=[],subchannelRef=[];return resolvedInfo.children.channels.forEach(el=>{channelRef.push(channelRefToMessage(el[1].
ref))}),resolvedInfo.children.subchannels.forEach(el=>{subchannelRef.push(subchannelRefToMessage(el[1].ref))}),{ref:channelRefToMessage(channelEntry.ref),data:{
target:resolvedInfo.target,state:connectivityStateToMessage(resolvedInfo.state),calls_started:resolvedInfo.callTracker.callsStarted,calls_succeeded:resolvedInfo.
callTracker.callsSucceeded,calls_failed:resolvedInfo.callTracker.callsFailed,last_call_started_timestamp:dateToProtoTimestamp(resolvedInfo.callTracker.lastCallStartedTimestamp),
trace:resolvedInfo.trace.getTraceMessage()},channel_ref:channelRef,subchannel_ref:subchannelRef}}function GetChannel(call2,callback){let channelId=parseInt(call2.
request.channel_id,10),channelEntry=entityMaps.channel.getElementByKey(channelId);if(channelEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"\
No channel data found for id "+channelId});return}callback(null,{channel:getChannelMessage(channelEntry)})}function GetTopChannels(call2,callback){let maxResults=parseInt(
call2.request.max_results,10)||DEFAULT_MAX_RESULTS,resultList=[],startId=parseInt(call2.request.start_channel_id,10),channelEntries=entityMaps.channel,i;for(i=channelEntries.
lowerBound(startId);!i.equals(channelEntries.end())&&resultList.length<maxResults;i=i.next())resultList.push(getChannelMessage(i.pointer[1]));callback(null,{channel:resultList,
end:i.equals(channelEntries.end())})}function getServerMessage(serverEntry){let resolvedInfo=serverEntry.getInfo(),listenSocket=[];return resolvedInfo.listenerChildren.
sockets.forEach(el=>{listenSocket.push(socketRefToMessage(el[1].ref))}),{ref:serverRefToMessage(serverEntry.ref),data:{calls_started:resolvedInfo.callTracker.callsStarted,
calls_succeeded:resolvedInfo.callTracker.callsSucceeded,calls_failed:resolvedInfo.callTracker.callsFailed,last_call_started_timestamp:dateToProtoTimestamp(resolvedInfo.
callTracker.lastCallStartedTimestamp),trace:resolvedInfo.trace.getTraceMessage()},listen_socket:listenSocket}}function GetServer(call2,callback){let serverId=parseInt(
call2.request.server_id,10),serverEntry=entityMaps.server.getElementByKey(serverId);if(serverEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"\
No server data found for id "+serverId});return}callback(null,{server:getServerMessage(serverEntry)})}function GetServers(call2,callback){let maxResults=parseInt(
call2.request.max_results,10)||DEFAULT_MAX_RESULTS,startId=parseInt(call2.request.start_server_id,10),serverEntries=entityMaps.server,resultList=[],i;for(i=serverEntries.
lowerBound(startId);!i.equals(serverEntries.end())&&resultList.length<maxResults;i=i.next())resultList.push(getServerMessage(i.pointer[1]));callback(null,{server:resultList,
end:i.equals(serverEntries.end())})}function GetSubchannel(call2,callback){let subchannelId=parseInt(call2.request.subchannel_id,10),subchannelEntry=entityMaps.
subchannel.getElementByKey(subchannelId);if(subchannelEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"No subchannel data found for id "+subchannelId});
return}let resolvedInfo=subchannelEntry.getInfo(),listenSocket=[];resolvedInfo.children.sockets.forEach(el=>{listenSocket.push(socketRefToMessage(el[1].ref))});
let subchannelMessage={ref:subchannelRefToMessage(subchannelEntry.ref),data:{target:resolvedInfo.target,state:connectivityStateToMessage(resolvedInfo.state),calls_started:resolvedInfo.
callTracker.callsStarted,calls_succeeded:resolvedInfo.callTracker.callsSucceeded,calls_failed:resolvedInfo.callTracker.callsFailed,last_call_started_timestamp:dateToProtoTimestamp(
resolvedInfo.callTracker.lastCallStartedTimestamp),trace:resolvedInfo.trace.getTraceMessage()},socket_ref:listenSocket};callback(null,{subchannel:subchannelMessage})}
function subchannelAddressToAddressMessage(subchannelAddress){var _a;return(0,subchannel_address_1.isTcpSubchannelAddress)(subchannelAddress)?{address:"tcpip_ad\
dress",tcpip_address:{ip_address:(_a=ipAddressStringToBuffer(subchannelAddress.host))!==null&&_a!==void 0?_a:void 0,port:subchannelAddress.port}}:{address:"uds_\
address",uds_address:{filename:subchannelAddress.path}}}function GetSocket(call2,callback){var _a,_b,_c,_d,_e;let socketId=parseInt(call2.request.socket_id,10),
socketEntry=entityMaps.socket.getElementByKey(socketId);if(socketEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"No socket data found for i\
d "+socketId});return}let resolvedInfo=socketEntry.getInfo(),securityMessage=resolvedInfo.security?{model:"tls",tls:{cipher_suite:resolvedInfo.security.cipherSuiteStandardName?
"standard_name":"other_name",standard_name:(_a=resolvedInfo.security.cipherSuiteStandardName)!==null&&_a!==void 0?_a:void 0,other_name:(_b=resolvedInfo.security.
cipherSuiteOtherName)!==null&&_b!==void 0?_b:void 0,local_certificate:(_c=resolvedInfo.security.localCertificate)!==null&&_c!==void 0?_c:void 0,remote_certificate:(_d=
resolvedInfo.security.remoteCertificate)!==null&&_d!==void 0?_d:void 0}}:null,socketMessage={ref:socketRefToMessage(socketEntry.ref),local:resolvedInfo.localAddress?
subchannelAddressToAddressMessage(resolvedInfo.localAddress):null,remote:resolvedInfo.remoteAddress?subchannelAddressToAddressMessage(resolvedInfo.remoteAddress):
null,remote_name:(_e=resolvedInfo.remoteName)!==null&&_e!==void 0?_e:void 0,security:securityMessage,data:{keep_alives_sent:resolvedInfo.keepAlivesSent,streams_started:resolvedInfo.
streamsStarted,streams_succeeded:resolvedInfo.streamsSucceeded,streams_failed:resolvedInfo.streamsFailed,last_local_stream_created_timestamp:dateToProtoTimestamp(
resolvedInfo.lastLocalStreamCreatedTimestamp),last_remote_stream_created_timestamp:dateToProtoTimestamp(resolvedInfo.lastRemoteStreamCreatedTimestamp),messages_received:resolvedInfo.
messagesReceived,messages_sent:resolvedInfo.messagesSent,last_message_received_timestamp:dateToProtoTimestamp(resolvedInfo.lastMessageReceivedTimestamp),last_message_sent_timestamp:dateToProtoTimestamp(
resolvedInfo.lastMessageSentTimestamp),local_flow_control_window:resolvedInfo.localFlowControlWindow?{value:resolvedInfo.localFlowControlWindow}:null,remote_flow_control_window:resolvedInfo.
remoteFlowControlWindow?{value:resolvedInfo.remoteFlowControlWindow}:null}};callback(null,{socket:socketMessage})}function GetServerSockets(call2,callback){let serverId=parseInt(
call2.request.server_id,10),serverEntry=entityMaps.server.getElementByKey(serverId);if(serverEntry===void 0){callback({code:constants_1.Status.NOT_FOUND,details:"\
No server data found for id "+serverId});return}let startId=parseInt(call2.request.start_socket_id,10),maxResults=parseInt(call2.request.max_results,10)||DEFAULT_MAX_RESULTS,
allSockets=serverEntry.getInfo().sessionChildren.sockets,resultList=[],i;for(i=allSockets.lowerBound(startId);!i.equals(allSockets.end())&&resultList.length<maxResults;i=
i.next())resultList.push(socketRefToMessage(i.pointer[1].ref));callback(null,{socket_ref:resultList,end:i.equals(allSockets.end())})}function getChannelzHandlers(){
return{GetChannel,GetTopChannels,GetServer,GetServers,GetSubchannel,GetSocket,GetServerSockets}}var loadedChannelzDefinition=null;function getChannelzServiceDefinition(){
if(loadedChannelzDefinition)return loadedChannelzDefinition;let loaderLoadSync=require_proto_loader().loadSync,loadedProto=loaderLoadSync("channelz.proto",{keepCase:!0,
longs:String,enums:String,defaults:!0,oneofs:!0,includeDirs:[`${import.meta.dirname}/../../proto`]});return loadedChannelzDefinition=(0,make_client_1.loadPackageDefinition)(
loadedProto).grpc.channelz.v1.Channelz.service,loadedChannelzDefinition}function setup(){(0,admin_1.registerAdminService)(getChannelzServiceDefinition,getChannelzHandlers)}}});var require_call_number=__commonJS({"node_modules/@grpc/grpc-js/build/src/call-number.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.getNextCallNumber=getNextCallNumber;var nextCallNumber=0;function getNextCallNumber(){return nextCallNumber++}}});var require_compression_algorithms=__commonJS({"node_modules/@grpc/grpc-js/build/src/compression-algorithms.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.CompressionAlgorithms=void 0;var CompressionAlgorithms;(function(CompressionAlgorithms2){CompressionAlgorithms2[CompressionAlgorithms2.
identity=0]="identity",CompressionAlgorithms2[CompressionAlgorithms2.deflate=1]="deflate",CompressionAlgorithms2[CompressionAlgorithms2.gzip=2]="gzip"})(CompressionAlgorithms||
(exports.CompressionAlgorithms=CompressionAlgorithms={}))}});var require_filter=__commonJS({"node_modules/@grpc/grpc-js/build/src/filter.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
BaseFilter=void 0;var BaseFilter=class{async sendMetadata(metadata){return metadata}receiveMetadata(metadata){return metadata}async sendMessage(message){return message}async receiveMessage(message){
return message}receiveTrailers(status){return status}};exports.BaseFilter=BaseFilter}});var require_compression_filter=__commonJS({"node_modules/@grpc/grpc-js/build/src/compression-filter.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.CompressionFilterFactory=exports.CompressionFilter=void 0;var zlib=__require("zlib"),compression_algorithms_1=require_compression_algorithms(),
constants_1=require_constants(),filter_1=require_filter(),logging=require_logging(),isCompressionAlgorithmKey=key=>typeof key=="number"&&typeof compression_algorithms_1.
CompressionAlgorithms[key]=="string",CompressionHandler=class{async writeMessage(message,compress){let messageBuffer=message;compress&&(messageBuffer=await this.
compressMessage(messageBuffer));let output=Buffer.allocUnsafe(messageBuffer.length+5);return output.writeUInt8(compress?1:0,0),output.writeUInt32BE(messageBuffer.
length,1),messageBuffer.copy(output,5),output}async readMessage(data){let compressed=data.readUInt8(0)===1,messageBuffer=data.slice(5);return compressed&&(messageBuffer=
await this.decompressMessage(messageBuffer)),messageBuffer}},IdentityHandler=class extends CompressionHandler{async compressMessage(message){return message}async writeMessage(message,compress){
let output=Buffer.allocUnsafe(message.length+5);return output.writeUInt8(0,0),output.writeUInt32BE(message.length,1),message.copy(output,5),output}decompressMessage(message){
return Promise.reject(new Error('Received compressed message but "grpc-encoding" header was identity'))}},DeflateHandler=class extends CompressionHandler{constructor(maxRecvMessageLength){
super(),this.maxRecvMessageLength=maxRecvMessageLength}compressMessage(message){return new Promise((resolve2,reject)=>{zlib.deflate(message,(err,output)=>{err?reject(
err):resolve2(output)})})}decompressMessage(message){return new Promise((resolve2,reject)=>{let totalLength=0,messageParts=[],decompresser=zlib.createInflate();
decompresser.on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"Failed to decompress deflate-encoded message"})}),decompresser.on("data",chunk=>{
messageParts.push(chunk),totalLength+=chunk.byteLength,this.maxRecvMessageLength!==-1&&totalLength>this.maxRecvMessageLength&&(decompresser.destroy(),reject({code:constants_1.
Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size larger than ${this.maxRecvMessageLength}`}))}),decompresser.on("end",()=>{resolve2(
Buffer.concat(messageParts))}),decompresser.write(message),decompresser.end()})}},GzipHandler=class extends CompressionHandler{constructor(maxRecvMessageLength){
super(),this.maxRecvMessageLength=maxRecvMessageLength}compressMessage(message){return new Promise((resolve2,reject)=>{zlib.gzip(message,(err,output)=>{err?reject(
err):resolve2(output)})})}decompressMessage(message){return new Promise((resolve2,reject)=>{let totalLength=0,messageParts=[],decompresser=zlib.createGunzip();decompresser.
on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"Failed to decompress gzip-encoded message"})}),decompresser.on("data",chunk=>{messageParts.
push(chunk),totalLength+=chunk.byteLength,this.maxRecvMessageLength!==-1&&totalLength>this.maxRecvMessageLength&&(decompresser.destroy(),reject({code:constants_1.
Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size larger than ${this.maxRecvMessageLength}`}))}),decompresser.on("end",()=>{resolve2(
Buffer.concat(messageParts))}),decompresser.write(message),decompresser.end()})}},UnknownHandler=class extends CompressionHandler{constructor(compressionName){super(),
this.compressionName=compressionName}compressMessage(message){return Promise.reject(new Error(`Received message compressed with unsupported compression method ${this.
compressionName}`))}decompressMessage(message){return Promise.reject(new Error(`Compression method not supported: ${this.compressionName}`))}};function getCompressionHandler(compressionName,maxReceiveMessageSize){
switch(compressionName){case"identity":return new IdentityHandler;case"deflate":return new DeflateHandler(maxReceiveMessageSize);case"gzip":return new GzipHandler(
maxReceiveMessageSize);default:return new UnknownHandler(compressionName)}}var CompressionFilter=class extends filter_1.BaseFilter{constructor(channelOptions,sharedFilterConfig){
var _a,_b,_c;super(),this.sharedFilterConfig=sharedFilterConfig,this.sendCompression=new IdentityHandler,this.receiveCompression=new IdentityHandler,this.currentCompressionAlgorithm=
"identity";let compressionAlgorithmKey=channelOptions["grpc.default_compression_algorithm"];if(this.maxReceiveMessageLength=(_a=channelOptions["grpc.max_receive\
_message_length"])!==null&&_a!==void 0?_a:constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH,this.maxSendMessageLength=(_b=channelOptions["grpc.max_send_message_len\
gth"])!==null&&_b!==void 0?_b:constants_1.DEFAULT_MAX_SEND_MESSAGE_LENGTH,compressionAlgorithmKey!==void 0)if(isCompressionAlgorithmKey(compressionAlgorithmKey)){
let clientSelectedEncoding=compression_algorithms_1.CompressionAlgorithms[compressionAlgorithmKey],serverSupportedEncodings=(_c=sharedFilterConfig.serverSupportedEncodingHeader)===
null||_c===void 0?void 0:_c.split(",");(!serverSupportedEncodings||serverSupportedEncodings.includes(clientSelectedEncoding))&&(this.currentCompressionAlgorithm=
clientSelectedEncoding,this.sendCompression=getCompressionHandler(this.currentCompressionAlgorithm,-1))}else logging.log(constants_1.LogVerbosity.ERROR,`Invalid\
 value provided for grpc.default_compression_algorithm option: ${compressionAlgorithmKey}`)}async sendMetadata(metadata){let headers=await metadata;return headers.
set("grpc-accept-encoding","identity,deflate,gzip"),headers.set("accept-encoding","identity"),this.currentCompressionAlgorithm==="identity"?headers.remove("grpc\
-encoding"):headers.set("grpc-encoding",this.currentCompressionAlgorithm),headers}receiveMetadata(metadata){let receiveEncoding=metadata.get("grpc-encoding");if(receiveEncoding.
length>0){let encoding=receiveEncoding[0];typeof encoding=="string"&&(this.receiveCompression=getCompressionHandler(encoding,this.maxReceiveMessageLength))}metadata.
remove("grpc-encoding");let serverSupportedEncodingsHeader=metadata.get("grpc-accept-encoding")[0];return serverSupportedEncodingsHeader&&(this.sharedFilterConfig.
serverSupportedEncodingHeader=serverSupportedEncodingsHeader,serverSupportedEncodingsHeader.split(",").includes(this.currentCompressionAlgorithm)||(this.sendCompression=
new IdentityHandler,this.currentCompressionAlgorithm="identity")),metadata.remove("grpc-accept-encoding"),metadata}async sendMessage(message){var _a;let resolvedMessage=await message;
if(this.maxSendMessageLength!==-1&&resolvedMessage.message.length>this.maxSendMessageLength)throw{code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Attempted \
to send message with a size larger than ${this.maxSendMessageLength}`};let compress;return this.sendCompression instanceof IdentityHandler?compress=!1:compress=
(((_a=resolvedMessage.flags)!==null&&_a!==void 0?_a:0)&2)===0,{message:await this.sendCompression.writeMessage(resolvedMessage.message,compress),flags:resolvedMessage.
flags}}async receiveMessage(message){return this.receiveCompression.readMessage(await message)}};exports.CompressionFilter=CompressionFilter;var CompressionFilterFactory=class{constructor(channel,options){
this.options=options,this.sharedFilterConfig={}}createFilter(){return new CompressionFilter(this.options,this.sharedFilterConfig)}};exports.CompressionFilterFactory=
CompressionFilterFactory}});var require_control_plane_status=__commonJS({"node_modules/@grpc/grpc-js/build/src/control-plane-status.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.restrictControlPlaneStatusCode=restrictControlPlaneStatusCode;var constants_1=require_constants(),INAPPROPRIATE_CONTROL_PLANE_CODES=[
constants_1.Status.OK,constants_1.Status.INVALID_ARGUMENT,constants_1.Status.NOT_FOUND,constants_1.Status.ALREADY_EXISTS,constants_1.Status.FAILED_PRECONDITION,
constants_1.Status.ABORTED,constants_1.Status.OUT_OF_RANGE,constants_1.Status.DATA_LOSS];function restrictControlPlaneStatusCode(code,details){return INAPPROPRIATE_CONTROL_PLANE_CODES.
includes(code)?{code:constants_1.Status.INTERNAL,details:`Invalid status from control plane: ${code} ${constants_1.Status[code]} ${details}`}:{code,details}}}});var require_deadline=__commonJS({"node_modules/@grpc/grpc-js/build/src/deadline.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.minDeadline=minDeadline;exports.getDeadlineTimeoutString=getDeadlineTimeoutString;exports.getRelativeTimeout=getRelativeTimeout;exports.deadlineToString=
deadlineToString;exports.formatDateDifference=formatDateDifference;function minDeadline(...deadlineList){let minValue=1/0;for(let deadline of deadlineList){let deadlineMsecs=deadline instanceof
Date?deadline.getTime():deadline;deadlineMsecs<minValue&&(minValue=deadlineMsecs)}return minValue}var units=[["m",1],["S",1e3],["M",60*1e3],["H",3600*1e3]];function getDeadlineTimeoutString(deadline){
let now=Date.now();deadline instanceof Date&&(deadline=deadline.getTime());let timeoutMs=Math.max(deadline-now,0);for(let[unit,factor]of units){let amount=timeoutMs/
factor;if(amount<1e8)return String(Math.ceil(amount))+unit}throw new Error("Deadline is too far in the future")}var MAX_TIMEOUT_TIME=2147483647;function getRelativeTimeout(deadline){
let deadlineMs=deadline instanceof Date?deadline.getTime():deadline,now=Date.now(),timeout=deadlineMs-now;return timeout<0?0:timeout>MAX_TIMEOUT_TIME?1/0:timeout}
function deadlineToString(deadline){if(deadline instanceof Date)return deadline.toISOString();{let dateDeadline=new Date(deadline);return Number.isNaN(dateDeadline.
getTime())?""+deadline:dateDeadline.toISOString()}}function formatDateDifference(startDate,endDate){let startMs=typeof startDate=="number"?startDate:startDate.getTime();
return(((typeof endDate=="number"?endDate:endDate.getTime())-startMs)/1e3).toFixed(3)+"s"}}});var require_filter_stack=__commonJS({"node_modules/@grpc/grpc-js/build/src/filter-stack.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.FilterStackFactory=exports.FilterStack=void 0;var FilterStack=class{constructor(filters){this.filters=filters}sendMetadata(metadata){let result=metadata;
for(let i=0;i<this.filters.length;i++)result=this.filters[i].sendMetadata(result);return result}receiveMetadata(metadata){let result=metadata;for(let i=this.filters.
length-1;i>=0;i--)result=this.filters[i].receiveMetadata(result);return result}sendMessage(message){let result=message;for(let i=0;i<this.filters.length;i++)result=
this.filters[i].sendMessage(result);return result}receiveMessage(message){let result=message;for(let i=this.filters.length-1;i>=0;i--)result=this.filters[i].receiveMessage(
result);return result}receiveTrailers(status){let result=status;for(let i=this.filters.length-1;i>=0;i--)result=this.filters[i].receiveTrailers(result);return result}push(filters){
this.filters.unshift(...filters)}getFilters(){return this.filters}};exports.FilterStack=FilterStack;var FilterStackFactory=class _FilterStackFactory{constructor(factories){
this.factories=factories}push(filterFactories){this.factories.unshift(...filterFactories)}clone(){return new _FilterStackFactory([...this.factories])}createFilter(){
return new FilterStack(this.factories.map(factory=>factory.createFilter()))}};exports.FilterStackFactory=FilterStackFactory}});var require_single_subchannel_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/single-subchannel-channel.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.SingleSubchannelChannel=void 0;var call_number_1=require_call_number(),channelz_1=require_channelz(),compression_filter_1=require_compression_filter(),
connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),control_plane_status_1=require_control_plane_status(),deadline_1=require_deadline(),
filter_stack_1=require_filter_stack(),metadata_1=require_metadata(),resolver_1=require_resolver(),uri_parser_1=require_uri_parser(),SubchannelCallWrapper=class{constructor(subchannel,method,filterStackFactory,options,callNumber){
this.subchannel=subchannel,this.method=method,this.options=options,this.callNumber=callNumber,this.childCall=null,this.pendingMessage=null,this.readPending=!1,this.
halfClosePending=!1,this.pendingStatus=null,this.readFilterPending=!1,this.writeFilterPending=!1,this.serviceUrl=(0,uri_parser_1.computeServiceUrl)(this.options.
host,this.method);let timeout=(0,deadline_1.getRelativeTimeout)(options.deadline);timeout!==1/0&&(timeout<=0?this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,
"Deadline exceeded"):setTimeout(()=>{this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,"Deadline exceeded")},timeout)),this.filterStack=filterStackFactory.
createFilter()}cancelWithStatus(status,details){this.childCall?this.childCall.cancelWithStatus(status,details):this.pendingStatus={code:status,details,metadata:new metadata_1.
Metadata}}getPeer(){var _a,_b;return(_b=(_a=this.childCall)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?_b:this.subchannel.getAddress()}async start(metadata,listener){
if(this.pendingStatus){listener.onReceiveStatus(this.pendingStatus);return}if(this.subchannel.getConnectivityState()!==connectivity_state_1.ConnectivityState.READY){
listener.onReceiveStatus({code:constants_1.Status.UNAVAILABLE,details:"Subchannel not ready",metadata:new metadata_1.Metadata});return}let filteredMetadata=await this.
filterStack.sendMetadata(Promise.resolve(metadata)),credsMetadata;try{credsMetadata=await this.subchannel.getCallCredentials().generateMetadata({method_name:this.
method,service_url:this.serviceUrl})}catch(e){let error=e,{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(typeof error.code=="number"?error.
code:constants_1.Status.UNKNOWN,`Getting metadata from plugin failed with error: ${error.message}`);listener.onReceiveStatus({code,details,metadata:new metadata_1.
Metadata});return}credsMetadata.merge(filteredMetadata);let childListener={onReceiveMetadata:async metadata2=>{listener.onReceiveMetadata(await this.filterStack.
receiveMetadata(metadata2))},onReceiveMessage:async message=>{this.readFilterPending=!0;let filteredMessage=await this.filterStack.receiveMessage(message);this.
readFilterPending=!1,listener.onReceiveMessage(filteredMessage),this.pendingStatus&&listener.onReceiveStatus(this.pendingStatus)},onReceiveStatus:async status=>{
let filteredStatus=await this.filterStack.receiveTrailers(status);this.readFilterPending?this.pendingStatus=filteredStatus:listener.onReceiveStatus(filteredStatus)}};
this.childCall=this.subchannel.createCall(credsMetadata,this.options.host,this.method,childListener,this.callNumber),this.readPending&&this.childCall.startRead(),
this.pendingMessage&&this.childCall.sendMessageWithContext(this.pendingMessage.context,this.pendingMessage.message),this.halfClosePending&&!this.writeFilterPending&&
this.childCall.halfClose()}async sendMessageWithContext(context,message){this.writeFilterPending=!0;let filteredMessage=await this.filterStack.sendMessage(Promise.
resolve({message,flags:context.flags}));this.writeFilterPending=!1,this.childCall?(this.childCall.sendMessageWithContext(context,filteredMessage.message),this.halfClosePending&&
this.childCall.halfClose()):this.pendingMessage={context,message:filteredMessage.message}}startRead(){this.childCall?this.childCall.startRead():this.readPending=
!0}halfClose(){this.childCall&&!this.writeFilterPending?this.childCall.halfClose():this.halfClosePending=!0}getCallNumber(){return this.callNumber}setCredentials(credentials2){
throw new Error("Method not implemented.")}getAuthContext(){return this.childCall?this.childCall.getAuthContext():null}},SingleSubchannelChannel=class{constructor(subchannel,target,options){
this.subchannel=subchannel,this.target=target,this.channelzEnabled=!1,this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,
this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.channelzEnabled=options["grpc.enable_channelz"]!==0,this.channelzRef=(0,channelz_1.registerChannelzChannel)(
(0,uri_parser_1.uriToString)(target),()=>({target:`${(0,uri_parser_1.uriToString)(target)} (${subchannel.getAddress()})`,state:this.subchannel.getConnectivityState(),
trace:this.channelzTrace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists()}),this.channelzEnabled),this.channelzEnabled&&this.childrenTracker.
refChild(subchannel.getChannelzRef()),this.filterStackFactory=new filter_stack_1.FilterStackFactory([new compression_filter_1.CompressionFilterFactory(this,options)])}close(){
this.channelzEnabled&&this.childrenTracker.unrefChild(this.subchannel.getChannelzRef()),(0,channelz_1.unregisterChannelzRef)(this.channelzRef)}getTarget(){return(0,uri_parser_1.
uriToString)(this.target)}getConnectivityState(tryToConnect){throw new Error("Method not implemented.")}watchConnectivityState(currentState,deadline,callback){throw new Error(
"Method not implemented.")}getChannelzRef(){return this.channelzRef}createCall(method,deadline){let callOptions={deadline,host:(0,resolver_1.getDefaultAuthority)(
this.target),flags:constants_1.Propagate.DEFAULTS,parentCall:null};return new SubchannelCallWrapper(this.subchannel,method,this.filterStackFactory,callOptions,(0,call_number_1.
getNextCallNumber)())}};exports.SingleSubchannelChannel=SingleSubchannelChannel}});var require_subchannel=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Subchannel=void 0;var connectivity_state_1=require_connectivity_state(),backoff_timeout_1=require_backoff_timeout(),logging=require_logging(),constants_1=require_constants(),
uri_parser_1=require_uri_parser(),subchannel_address_1=require_subchannel_address(),channelz_1=require_channelz(),single_subchannel_channel_1=require_single_subchannel_channel(),
TRACER_NAME="subchannel",KEEPALIVE_MAX_TIME_MS=~(1<<31),Subchannel=class{constructor(channelTarget,subchannelAddress,options,credentials2,connector){var _a;this.
channelTarget=channelTarget,this.subchannelAddress=subchannelAddress,this.options=options,this.connector=connector,this.connectivityState=connectivity_state_1.ConnectivityState.
IDLE,this.transport=null,this.continueConnecting=!1,this.stateListeners=new Set,this.refcount=0,this.channelzEnabled=!0,this.dataProducers=new Map,this.subchannelChannel=
null;let backoffOptions={initialDelay:options["grpc.initial_reconnect_backoff_ms"],maxDelay:options["grpc.max_reconnect_backoff_ms"]};this.backoffTimeout=new backoff_timeout_1.
BackoffTimeout(()=>{this.handleBackoffTimer()},backoffOptions),this.backoffTimeout.unref(),this.subchannelAddressString=(0,subchannel_address_1.subchannelAddressToString)(
subchannelAddress),this.keepaliveTime=(_a=options["grpc.keepalive_time_ms"])!==null&&_a!==void 0?_a:-1,options["grpc.enable_channelz"]===0?(this.channelzEnabled=
!1,this.channelzTrace=new channelz_1.ChannelzTraceStub,this.callTracker=new channelz_1.ChannelzCallTrackerStub,this.childrenTracker=new channelz_1.ChannelzChildrenTrackerStub,
this.streamTracker=new channelz_1.ChannelzCallTrackerStub):(this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,
this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.streamTracker=new channelz_1.ChannelzCallTracker),this.channelzRef=(0,channelz_1.registerChannelzSubchannel)(
this.subchannelAddressString,()=>this.getChannelzInfo(),this.channelzEnabled),this.channelzTrace.addTrace("CT_INFO","Subchannel created"),this.traceEnabled&&this.
trace("Subchannel constructed with options "+JSON.stringify(options,void 0,2)),this.secureConnector=credentials2._createSecureConnector(channelTarget,options)}getChannelzInfo(){
return{state:this.connectivityState,trace:this.channelzTrace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists(),target:this.subchannelAddressString}}get traceEnabled(){
return logging.isTracerEnabled(TRACER_NAME)}get refTraceEnabled(){return logging.isTracerEnabled("subchannel_refcount")}trace(text){this.traceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}refTrace(text){this.refTraceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,"subchannel_refcount","("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}handleBackoffTimer(){this.continueConnecting?
this.transitionToState([connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE],connectivity_state_1.ConnectivityState.CONNECTING):this.transitionToState([connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE],connectivity_state_1.ConnectivityState.IDLE)}startBackoff(){this.backoffTimeout.runOnce()}stopBackoff(){this.backoffTimeout.
stop(),this.backoffTimeout.reset()}startConnectingInternal(){let options=this.options;if(options["grpc.keepalive_time_ms"]){let adjustedKeepaliveTime=Math.min(this.
keepaliveTime,KEEPALIVE_MAX_TIME_MS);options=Object.assign(Object.assign({},options),{"grpc.keepalive_time_ms":adjustedKeepaliveTime})}this.connector.connect(this.
subchannelAddress,this.secureConnector,options).then(transport2=>{this.transitionToState([connectivity_state_1.ConnectivityState.CONNECTING],connectivity_state_1.
ConnectivityState.READY)?(this.transport=transport2,this.channelzEnabled&&this.childrenTracker.refChild(transport2.getChannelzRef()),transport2.addDisconnectListener(
tooManyPings=>{this.transitionToState([connectivity_state_1.ConnectivityState.READY],connectivity_state_1.ConnectivityState.IDLE),tooManyPings&&this.keepaliveTime>
0&&(this.keepaliveTime*=2,logging.log(constants_1.LogVerbosity.ERROR,`Connection to ${(0,uri_parser_1.uriToString)(this.channelTarget)} at ${this.subchannelAddressString}\
 rejected by server because of excess pings. Increasing ping interval to ${this.keepaliveTime} ms`))})):transport2.shutdown()},error=>{this.transitionToState([connectivity_state_1.
ConnectivityState.CONNECTING],connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,`${error}`)})}transitionToState(oldStates,newState,errorMessage){var _a,_b;
if(oldStates.indexOf(this.connectivityState)===-1)return!1;this.traceEnabled&&(errorMessage?this.trace(connectivity_state_1.ConnectivityState[this.connectivityState]+
" -> "+connectivity_state_1.ConnectivityState[newState]+' with error "'+errorMessage+'"'):this.trace(connectivity_state_1.ConnectivityState[this.connectivityState]+
" -> "+connectivity_state_1.ConnectivityState[newState])),this.channelzEnabled&&this.channelzTrace.addTrace("CT_INFO","Connectivity state change to "+connectivity_state_1.
ConnectivityState[newState]);let previousState=this.connectivityState;switch(this.connectivityState=newState,newState){case connectivity_state_1.ConnectivityState.
READY:this.stopBackoff();break;case connectivity_state_1.ConnectivityState.CONNECTING:this.startBackoff(),this.startConnectingInternal(),this.continueConnecting=
!1;break;case connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE:this.channelzEnabled&&this.transport&&this.childrenTracker.unrefChild(this.transport.getChannelzRef()),
(_a=this.transport)===null||_a===void 0||_a.shutdown(),this.transport=null,this.backoffTimeout.isRunning()||process.nextTick(()=>{this.handleBackoffTimer()});break;case connectivity_state_1.
ConnectivityState.IDLE:this.channelzEnabled&&this.transport&&this.childrenTracker.unrefChild(this.transport.getChannelzRef()),(_b=this.transport)===null||_b===void 0||
_b.shutdown(),this.transport=null;break;default:throw new Error(`Invalid state: unknown ConnectivityState ${newState}`)}for(let listener of this.stateListeners)
listener(this,previousState,newState,this.keepaliveTime,errorMessage);return!0}ref(){this.refTraceEnabled&&this.refTrace("refcount "+this.refcount+" -> "+(this.
refcount+1)),this.refcount+=1}unref(){this.refTraceEnabled&&this.refTrace("refcount "+this.refcount+" -> "+(this.refcount-1)),this.refcount-=1,this.refcount===0&&
(this.channelzTrace.addTrace("CT_INFO","Shutting down"),(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.secureConnector.destroy(),process.nextTick(()=>{
this.transitionToState([connectivity_state_1.ConnectivityState.CONNECTING,connectivity_state_1.ConnectivityState.READY],connectivity_state_1.ConnectivityState.IDLE)}))}unrefIfOneRef(){
return this.refcount===1?(this.unref(),!0):!1}createCall(metadata,host,method,listener,callId){if(!this.transport)throw new Error("Cannot create call, subchanne\
l not READY");let statsTracker;return this.channelzEnabled?(this.callTracker.addCallStarted(),this.streamTracker.addCallStarted(),statsTracker={onCallEnd:status=>{
status.code===constants_1.Status.OK?this.callTracker.addCallSucceeded():this.callTracker.addCallFailed()}}):statsTracker={},this.transport.createCall(metadata,host,
method,listener,statsTracker,callId)}startConnecting(){process.nextTick(()=>{this.transitionToState([connectivity_state_1.ConnectivityState.IDLE],connectivity_state_1.
ConnectivityState.CONNECTING)||this.connectivityState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&(this.continueConnecting=!0)})}getConnectivityState(){
return this.connectivityState}addConnectivityStateListener(listener){this.stateListeners.add(listener)}removeConnectivityStateListener(listener){this.stateListeners.
delete(listener)}resetBackoff(){process.nextTick(()=>{this.backoffTimeout.reset(),this.transitionToState([connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE],
connectivity_state_1.ConnectivityState.CONNECTING)})}getAddress(){return this.subchannelAddressString}getChannelzRef(){return this.channelzRef}isHealthy(){return!0}addHealthStateWatcher(listener){}removeHealthStateWatcher(listener){}getRealSubchannel(){
return this}realSubchannelEquals(other){return other.getRealSubchannel()===this}throttleKeepalive(newKeepaliveTime){newKeepaliveTime>this.keepaliveTime&&(this.keepaliveTime=
newKeepaliveTime)}getCallCredentials(){return this.secureConnector.getCallCredentials()}getChannel(){return this.subchannelChannel||(this.subchannelChannel=new single_subchannel_channel_1.
SingleSubchannelChannel(this,this.channelTarget,this.options)),this.subchannelChannel}addDataWatcher(dataWatcher){throw new Error("Not implemented")}getOrCreateDataProducer(name2,createDataProducer){
let existingProducer=this.dataProducers.get(name2);if(existingProducer)return existingProducer;let newProducer=createDataProducer(this);return this.dataProducers.
set(name2,newProducer),newProducer}removeDataProducer(name2){this.dataProducers.delete(name2)}};exports.Subchannel=Subchannel}});var require_environment=__commonJS({"node_modules/@grpc/grpc-js/build/src/environment.js"(exports){"use strict";var _a,_b;Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS=exports.GRPC_NODE_USE_ALTERNATIVE_RESOLVER=void 0;exports.GRPC_NODE_USE_ALTERNATIVE_RESOLVER=((_a=process.
env.GRPC_NODE_USE_ALTERNATIVE_RESOLVER)!==null&&_a!==void 0?_a:"false")==="true";exports.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS=((_b=process.env.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS)!==
null&&_b!==void 0?_b:"false")==="true"}});var require_resolver_dns=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver-dns.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.DEFAULT_PORT=void 0;exports.setup=setup;var resolver_1=require_resolver(),dns_1=__require("dns"),service_config_1=require_service_config(),constants_1=require_constants(),
call_interface_1=require_call_interface(),metadata_1=require_metadata(),logging=require_logging(),constants_2=require_constants(),uri_parser_1=require_uri_parser(),
net_1=__require("net"),backoff_timeout_1=require_backoff_timeout(),environment_1=require_environment(),TRACER_NAME="dns_resolver";function trace(text){logging.trace(
constants_2.LogVerbosity.DEBUG,TRACER_NAME,text)}exports.DEFAULT_PORT=443;var DEFAULT_MIN_TIME_BETWEEN_RESOLUTIONS_MS=3e4,DnsResolver=class{constructor(target,listener,channelOptions){
var _a,_b,_c;this.target=target,this.listener=listener,this.pendingLookupPromise=null,this.pendingTxtPromise=null,this.latestLookupResult=null,this.latestServiceConfigResult=
null,this.continueResolving=!1,this.isNextResolutionTimerRunning=!1,this.isServiceConfigEnabled=!0,this.returnedIpResult=!1,this.alternativeResolver=new dns_1.promises.
Resolver,trace("Resolver constructed for target "+(0,uri_parser_1.uriToString)(target)),target.authority&&this.alternativeResolver.setServers([target.authority]);
let hostPort=(0,uri_parser_1.splitHostPort)(target.path);hostPort===null?(this.ipResult=null,this.dnsHostname=null,this.port=null):(0,net_1.isIPv4)(hostPort.host)||
(0,net_1.isIPv6)(hostPort.host)?(this.ipResult=[{addresses:[{host:hostPort.host,port:(_a=hostPort.port)!==null&&_a!==void 0?_a:exports.DEFAULT_PORT}]}],this.dnsHostname=
null,this.port=null):(this.ipResult=null,this.dnsHostname=hostPort.host,this.port=(_b=hostPort.port)!==null&&_b!==void 0?_b:exports.DEFAULT_PORT),this.percentage=
Math.random()*100,channelOptions["grpc.service_config_disable_resolution"]===1&&(this.isServiceConfigEnabled=!1),this.defaultResolutionError={code:constants_1.Status.
UNAVAILABLE,details:`Name resolution failed for target ${(0,uri_parser_1.uriToString)(this.target)}`,metadata:new metadata_1.Metadata};let backoffOptions={initialDelay:channelOptions["\
grpc.initial_reconnect_backoff_ms"],maxDelay:channelOptions["grpc.max_reconnect_backoff_ms"]};this.backoff=new backoff_timeout_1.BackoffTimeout(()=>{this.continueResolving&&
this.startResolutionWithBackoff()},backoffOptions),this.backoff.unref(),this.minTimeBetweenResolutionsMs=(_c=channelOptions["grpc.dns_min_time_between_resolutio\
ns_ms"])!==null&&_c!==void 0?_c:DEFAULT_MIN_TIME_BETWEEN_RESOLUTIONS_MS,this.nextResolutionTimer=setTimeout(()=>{},0),clearTimeout(this.nextResolutionTimer)}startResolution(){
if(this.ipResult!==null){this.returnedIpResult||(trace("Returning IP address for target "+(0,uri_parser_1.uriToString)(this.target)),setImmediate(()=>{this.listener(
(0,call_interface_1.statusOrFromValue)(this.ipResult),{},null,"")}),this.returnedIpResult=!0),this.backoff.stop(),this.backoff.reset(),this.stopNextResolutionTimer();
return}if(this.dnsHostname===null)trace("Failed to parse DNS address "+(0,uri_parser_1.uriToString)(this.target)),setImmediate(()=>{this.listener((0,call_interface_1.
statusOrFromError)({code:constants_1.Status.UNAVAILABLE,details:`Failed to parse DNS address ${(0,uri_parser_1.uriToString)(this.target)}`}),{},null,"")}),this.
stopNextResolutionTimer();else{if(this.pendingLookupPromise!==null)return;trace("Looking up DNS hostname "+this.dnsHostname),this.latestLookupResult=null;let hostname2=this.
dnsHostname;this.pendingLookupPromise=this.lookup(hostname2),this.pendingLookupPromise.then(addressList=>{if(this.pendingLookupPromise===null)return;this.pendingLookupPromise=
null,this.latestLookupResult=(0,call_interface_1.statusOrFromValue)(addressList.map(address=>({addresses:[address]})));let allAddressesString="["+addressList.map(
addr=>addr.host+":"+addr.port).join(",")+"]";trace("Resolved addresses for target "+(0,uri_parser_1.uriToString)(this.target)+": "+allAddressesString);let healthStatus=this.
listener(this.latestLookupResult,{},this.latestServiceConfigResult,"");this.handleHealthStatus(healthStatus)},err=>{this.pendingLookupPromise!==null&&(trace("Re\
solution error for target "+(0,uri_parser_1.uriToString)(this.target)+": "+err.message),this.pendingLookupPromise=null,this.stopNextResolutionTimer(),this.listener(
(0,call_interface_1.statusOrFromError)(this.defaultResolutionError),{},this.latestServiceConfigResult,""))}),this.isServiceConfigEnabled&&this.pendingTxtPromise===
null&&(this.pendingTxtPromise=this.resolveTxt(hostname2),this.pendingTxtPromise.then(txtRecord=>{if(this.pendingTxtPromise===null)return;this.pendingTxtPromise=
null;let serviceConfig;try{serviceConfig=(0,service_config_1.extractAndSelectServiceConfig)(txtRecord,this.percentage),serviceConfig?this.latestServiceConfigResult=
(0,call_interface_1.statusOrFromValue)(serviceConfig):this.latestServiceConfigResult=null}catch(err){this.latestServiceConfigResult=(0,call_interface_1.statusOrFromError)(
{code:constants_1.Status.UNAVAILABLE,details:`Parsing service config failed with error ${err.message}`})}this.latestLookupResult!==null&&this.listener(this.latestLookupResult,
{},this.latestServiceConfigResult,"")},err=>{}))}}handleHealthStatus(healthStatus){healthStatus?(this.backoff.stop(),this.backoff.reset()):this.continueResolving=
!0}async lookup(hostname2){if(environment_1.GRPC_NODE_USE_ALTERNATIVE_RESOLVER){trace("Using alternative DNS resolver.");let records=await Promise.allSettled([this.
alternativeResolver.resolve4(hostname2),this.alternativeResolver.resolve6(hostname2)]);if(records.every(result=>result.status==="rejected"))throw new Error(records[0].
reason);return records.reduce((acc,result)=>result.status==="fulfilled"?[...acc,...result.value]:acc,[]).map(addr=>({host:addr,port:+this.port}))}return(await dns_1.
promises.lookup(hostname2,{all:!0})).map(addr=>({host:addr.address,port:+this.port}))}async resolveTxt(hostname2){return environment_1.GRPC_NODE_USE_ALTERNATIVE_RESOLVER?
(trace("Using alternative DNS resolver."),this.alternativeResolver.resolveTxt(hostname2)):dns_1.promises.resolveTxt(hostname2)}startNextResolutionTimer(){var _a,
_b;clearTimeout(this.nextResolutionTimer),this.nextResolutionTimer=setTimeout(()=>{this.stopNextResolutionTimer(),this.continueResolving&&this.startResolutionWithBackoff()},
this.minTimeBetweenResolutionsMs),(_b=(_a=this.nextResolutionTimer).unref)===null||_b===void 0||_b.call(_a),this.isNextResolutionTimerRunning=!0}stopNextResolutionTimer(){
clearTimeout(this.nextResolutionTimer),this.isNextResolutionTimerRunning=!1}startResolutionWithBackoff(){this.pendingLookupPromise===null&&(this.continueResolving=
!1,this.backoff.runOnce(),this.startNextResolutionTimer(),this.startResolution())}updateResolution(){this.pendingLookupPromise===null&&(this.isNextResolutionTimerRunning||
this.backoff.isRunning()?(this.isNextResolutionTimerRunning?trace('resolution update delayed by "min time between resolutions" rate limit'):trace("resolution up\
date delayed by backoff timer until "+this.backoff.getEndTime().toISOString()),this.continueResolving=!0):this.startResolutionWithBackoff())}destroy(){this.continueResolving=
!1,this.backoff.reset(),this.backoff.stop(),this.stopNextResolutionTimer(),this.pendingLookupPromise=null,this.pendingTxtPromise=null,this.latestLookupResult=null,
this.latestServiceConfigResult=null,this.returnedIpResult=!1}static getDefaultAuthority(target){return target.path}};function setup(){(0,resolver_1.registerResolver)(
"dns",DnsResolver),(0,resolver_1.registerDefaultScheme)("dns")}}});var require_http_proxy=__commonJS({"node_modules/@grpc/grpc-js/build/src/http_proxy.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.parseCIDR=parseCIDR;exports.mapProxyName=mapProxyName;exports.getProxiedConnection=getProxiedConnection;var logging_1=require_logging(),constants_1=require_constants(),
net_1=__require("net"),http=__require("http"),logging=require_logging(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),url_1=__require("url"),
resolver_dns_1=require_resolver_dns(),TRACER_NAME="proxy";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}function getProxyInfo(){
let proxyEnv="",envVar="";if(process.env.grpc_proxy)envVar="grpc_proxy",proxyEnv=process.env.grpc_proxy;else if(process.env.https_proxy)envVar="https_proxy",proxyEnv=
process.env.https_proxy;else if(process.env.http_proxy)envVar="http_proxy",proxyEnv=process.env.http_proxy;else return{};let proxyUrl;try{proxyUrl=new url_1.URL(
proxyEnv)}catch{return(0,logging_1.log)(constants_1.LogVerbosity.ERROR,`cannot parse value of "${envVar}" env var`),{}}if(proxyUrl.protocol!=="http:")return(0,logging_1.
log)(constants_1.LogVerbosity.ERROR,`"${proxyUrl.protocol}" scheme not supported in proxy URI`),{};let userCred=null;proxyUrl.username&&(proxyUrl.password?((0,logging_1.
log)(constants_1.LogVerbosity.INFO,"userinfo found in proxy URI"),userCred=decodeURIComponent(`${proxyUrl.username}:${proxyUrl.password}`)):userCred=proxyUrl.username);
let hostname2=proxyUrl.hostname,port=proxyUrl.port;port===""&&(port="80");let result={address:`${hostname2}:${port}`};return userCred&&(result.creds=userCred),trace(
"Proxy server "+result.address+" set by environment variable "+envVar),result}function getNoProxyHostList(){let noProxyStr=process.env.no_grpc_proxy,envVar="no_\
grpc_proxy";return noProxyStr||(noProxyStr=process.env.no_proxy,envVar="no_proxy"),noProxyStr?(trace("No proxy server list set by environment variable "+envVar),
noProxyStr.split(",")):[]}function parseCIDR(cidrString){let splitRange=cidrString.split("/");if(splitRange.length!==2)return null;let prefixLength=parseInt(splitRange[1],
10);return!(0,net_1.isIPv4)(splitRange[0])||Number.isNaN(prefixLength)||prefixLength<0||prefixLength>32?null:{ip:ipToInt(splitRange[0]),prefixLength}}function ipToInt(ip){
return ip.split(".").reduce((acc,octet)=>(acc<<8)+parseInt(octet,10),0)}function isIpInCIDR(cidr,serverHost){let ip=cidr.ip,mask=-1<<32-cidr.prefixLength;return(ipToInt(
serverHost)&mask)===(ip&mask)}function hostMatchesNoProxyList(serverHost){for(let host of getNoProxyHostList()){let parsedCIDR=parseCIDR(host);if((0,net_1.isIPv4)(
serverHost)&&parsedCIDR&&isIpInCIDR(parsedCIDR,serverHost))return!0;if(serverHost.endsWith(host))return!0}return!1}function mapProxyName(target,options){var _a;
let noProxyResult={target,extraOptions:{}};if(((_a=options["grpc.enable_http_proxy"])!==null&&_a!==void 0?_a:1)===0||target.scheme==="unix")return noProxyResult;
let proxyInfo=getProxyInfo();if(!proxyInfo.address)return noProxyResult;let hostPort=(0,uri_parser_1.splitHostPort)(target.path);if(!hostPort)return noProxyResult;
let serverHost=hostPort.host;if(hostMatchesNoProxyList(serverHost))return trace("Not using proxy for target in no_proxy list: "+(0,uri_parser_1.uriToString)(target)),
noProxyResult;let extraOptions={"grpc.http_connect_target":(0,uri_parser_1.uriToString)(target)};return proxyInfo.creds&&(extraOptions["grpc.http_connect_creds"]=
proxyInfo.creds),{target:{scheme:"dns",path:proxyInfo.address},extraOptions}}function getProxiedConnection(address,channelOptions){var _a;if(!("grpc.http_connec\
t_target"in channelOptions))return Promise.resolve(null);let realTarget=channelOptions["grpc.http_connect_target"],parsedTarget=(0,uri_parser_1.parseUri)(realTarget);
if(parsedTarget===null)return Promise.resolve(null);let splitHostPost=(0,uri_parser_1.splitHostPort)(parsedTarget.path);if(splitHostPost===null)return Promise.resolve(
null);let hostPort=`${splitHostPost.host}:${(_a=splitHostPost.port)!==null&&_a!==void 0?_a:resolver_dns_1.DEFAULT_PORT}`,options={method:"CONNECT",path:hostPort},
headers={Host:hostPort};(0,subchannel_address_1.isTcpSubchannelAddress)(address)?(options.host=address.host,options.port=address.port):options.socketPath=address.
path,"grpc.http_connect_creds"in channelOptions&&(headers["Proxy-Authorization"]="Basic "+Buffer.from(channelOptions["grpc.http_connect_creds"]).toString("base6\
4")),options.headers=headers;let proxyAddressString=(0,subchannel_address_1.subchannelAddressToString)(address);return trace("Using proxy "+proxyAddressString+"\
 to connect to "+options.path),new Promise((resolve2,reject)=>{let request2=http.request(options);request2.once("connect",(res,socket,head)=>{request2.removeAllListeners(),
socket.removeAllListeners(),res.statusCode===200?(trace("Successfully connected to "+options.path+" through proxy "+proxyAddressString),head.length>0&&socket.unshift(
head),trace("Successfully established a plaintext connection to "+options.path+" through proxy "+proxyAddressString),resolve2(socket)):((0,logging_1.log)(constants_1.
LogVerbosity.ERROR,"Failed to connect to "+options.path+" through proxy "+proxyAddressString+" with status "+res.statusCode),reject())}),request2.once("error",err=>{
request2.removeAllListeners(),(0,logging_1.log)(constants_1.LogVerbosity.ERROR,"Failed to connect to proxy "+proxyAddressString+" with error "+err.message),reject()}),
request2.end()})}}});var require_stream_decoder=__commonJS({"node_modules/@grpc/grpc-js/build/src/stream-decoder.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.StreamDecoder=void 0;var ReadState;(function(ReadState2){ReadState2[ReadState2.NO_DATA=0]="NO_DATA",ReadState2[ReadState2.READING_SIZE=1]="R\
EADING_SIZE",ReadState2[ReadState2.READING_MESSAGE=2]="READING_MESSAGE"})(ReadState||(ReadState={}));var StreamDecoder=class{constructor(maxReadMessageLength){this.
maxReadMessageLength=maxReadMessageLength,this.readState=ReadState.NO_DATA,this.readCompressFlag=Buffer.alloc(1),this.readPartialSize=Buffer.alloc(4),this.readSizeRemaining=
4,this.readMessageSize=0,this.readPartialMessage=[],this.readMessageRemaining=0}write(data){let readHead=0,toRead,result=[];for(;readHead<data.length;)switch(this.
readState){case ReadState.NO_DATA:this.readCompressFlag=data.slice(readHead,readHead+1),readHead+=1,this.readState=ReadState.READING_SIZE,this.readPartialSize.fill(
0),this.readSizeRemaining=4,this.readMessageSize=0,this.readMessageRemaining=0,this.readPartialMessage=[];break;case ReadState.READING_SIZE:if(toRead=Math.min(data.
length-readHead,this.readSizeRemaining),data.copy(this.readPartialSize,4-this.readSizeRemaining,readHead,readHead+toRead),this.readSizeRemaining-=toRead,readHead+=
toRead,this.readSizeRemaining===0){if(this.readMessageSize=this.readPartialSize.readUInt32BE(0),this.maxReadMessageLength!==-1&&this.readMessageSize>this.maxReadMessageLength)
throw new Error(`Received message larger than max (${this.readMessageSize} vs ${this.maxReadMessageLength})`);if(this.readMessageRemaining=this.readMessageSize,
this.readMessageRemaining>0)this.readState=ReadState.READING_MESSAGE;else{let message=Buffer.concat([this.readCompressFlag,this.readPartialSize],5);this.readState=
ReadState.NO_DATA,result.push(message)}}break;case ReadState.READING_MESSAGE:if(toRead=Math.min(data.length-readHead,this.readMessageRemaining),this.readPartialMessage.
push(data.slice(readHead,readHead+toRead)),this.readMessageRemaining-=toRead,readHead+=toRead,this.readMessageRemaining===0){let framedMessageBuffers=[this.readCompressFlag,
this.readPartialSize].concat(this.readPartialMessage),framedMessage=Buffer.concat(framedMessageBuffers,this.readMessageSize+5);this.readState=ReadState.NO_DATA,
result.push(framedMessage)}break;default:throw new Error("Unexpected read state")}return result}};exports.StreamDecoder=StreamDecoder}});var require_subchannel_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.Http2SubchannelCall=void 0;var http2=__require("http2"),os=__require("os"),constants_1=require_constants(),metadata_1=require_metadata(),
stream_decoder_1=require_stream_decoder(),logging=require_logging(),constants_2=require_constants(),TRACER_NAME="subchannel_call";function getSystemErrorName(errno){
for(let[name2,num]of Object.entries(os.constants.errno))if(num===errno)return name2;return"Unknown system error "+errno}function mapHttpStatusCode(code){let details=`\
Received HTTP status code ${code}`,mappedStatusCode;switch(code){case 400:mappedStatusCode=constants_1.Status.INTERNAL;break;case 401:mappedStatusCode=constants_1.
Status.UNAUTHENTICATED;break;case 403:mappedStatusCode=constants_1.Status.PERMISSION_DENIED;break;case 404:mappedStatusCode=constants_1.Status.UNIMPLEMENTED;break;case 429:case 502:case 503:case 504:
mappedStatusCode=constants_1.Status.UNAVAILABLE;break;default:mappedStatusCode=constants_1.Status.UNKNOWN}return{code:mappedStatusCode,details,metadata:new metadata_1.
Metadata}}var Http2SubchannelCall=class{constructor(http2Stream,callEventTracker,listener,transport2,callId){var _a;this.http2Stream=http2Stream,this.callEventTracker=
callEventTracker,this.listener=listener,this.transport=transport2,this.callId=callId,this.isReadFilterPending=!1,this.isPushPending=!1,this.canPush=!1,this.readsClosed=
!1,this.statusOutput=!1,this.unpushedReadMessages=[],this.finalStatus=null,this.internalError=null,this.serverEndedCall=!1,this.connectionDropped=!1;let maxReceiveMessageLength=(_a=
transport2.getOptions()["grpc.max_receive_message_length"])!==null&&_a!==void 0?_a:constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH;this.decoder=new stream_decoder_1.
StreamDecoder(maxReceiveMessageLength),http2Stream.on("response",(headers,flags2)=>{if(this.traceEnabled){let headersString="";for(let header2 of Object.keys(headers))
headersString+="		"+header2+": "+headers[header2]+`
`;this.trace(`Received server headers:
`+headersString)}if(this.httpStatusCode=headers[":status"],flags2&http2.constants.NGHTTP2_FLAG_END_STREAM)this.handleTrailers(headers);else{let metadata;try{metadata=
metadata_1.Metadata.fromHttp2Headers(headers)}catch(error){this.endCall({code:constants_1.Status.UNKNOWN,details:error.message,metadata:new metadata_1.Metadata});
return}this.listener.onReceiveMetadata(metadata)}}),http2Stream.on("trailers",headers=>{this.handleTrailers(headers)}),http2Stream.on("data",data=>{if(this.statusOutput)
return;this.traceEnabled&&this.trace("receive HTTP/2 data frame of length "+data.length);let messages;try{messages=this.decoder.write(data)}catch(e){if(this.httpStatusCode!==
void 0&&this.httpStatusCode!==200){let mappedStatus=mapHttpStatusCode(this.httpStatusCode);this.cancelWithStatus(mappedStatus.code,mappedStatus.details)}else this.
cancelWithStatus(constants_1.Status.RESOURCE_EXHAUSTED,e.message);return}for(let message of messages)this.traceEnabled&&this.trace("parsed message of length "+message.
length),this.callEventTracker.addMessageReceived(),this.tryPush(message)}),http2Stream.on("end",()=>{this.readsClosed=!0,this.maybeOutputStatus()}),http2Stream.
on("close",()=>{this.serverEndedCall=!0,process.nextTick(()=>{var _a2;if(this.traceEnabled&&this.trace("HTTP/2 stream closed with code "+http2Stream.rstCode),((_a2=
this.finalStatus)===null||_a2===void 0?void 0:_a2.code)===constants_1.Status.OK)return;let code,details="";switch(http2Stream.rstCode){case http2.constants.NGHTTP2_NO_ERROR:
if(this.finalStatus!==null)return;if(this.httpStatusCode&&this.httpStatusCode!==200){let mappedStatus=mapHttpStatusCode(this.httpStatusCode);code=mappedStatus.code,
details=mappedStatus.details}else code=constants_1.Status.INTERNAL,details=`Received RST_STREAM with code ${http2Stream.rstCode} (Call ended without gRPC status\
)`;break;case http2.constants.NGHTTP2_REFUSED_STREAM:code=constants_1.Status.UNAVAILABLE,details="Stream refused by server";break;case http2.constants.NGHTTP2_CANCEL:
this.connectionDropped?(code=constants_1.Status.UNAVAILABLE,details="Connection dropped"):(code=constants_1.Status.CANCELLED,details="Call cancelled");break;case http2.
constants.NGHTTP2_ENHANCE_YOUR_CALM:code=constants_1.Status.RESOURCE_EXHAUSTED,details="Bandwidth exhausted or memory limit exceeded";break;case http2.constants.
NGHTTP2_INADEQUATE_SECURITY:code=constants_1.Status.PERMISSION_DENIED,details="Protocol not secure enough";break;case http2.constants.NGHTTP2_INTERNAL_ERROR:code=
constants_1.Status.INTERNAL,this.internalError===null?details=`Received RST_STREAM with code ${http2Stream.rstCode} (Internal server error)`:this.internalError.
code==="ECONNRESET"||this.internalError.code==="ETIMEDOUT"?(code=constants_1.Status.UNAVAILABLE,details=this.internalError.message):details=`Received RST_STREAM\
 with code ${http2Stream.rstCode} triggered by internal client error: ${this.internalError.message}`;break;default:code=constants_1.Status.INTERNAL,details=`Rec\
eived RST_STREAM with code ${http2Stream.rstCode}`}this.endCall({code,details,metadata:new metadata_1.Metadata,rstCode:http2Stream.rstCode})})}),http2Stream.on(
"error",err=>{err.code!=="ERR_HTTP2_STREAM_ERROR"&&(this.traceEnabled&&this.trace("Node error event: message="+err.message+" code="+err.code+" errno="+getSystemErrorName(
err.errno)+" syscall="+err.syscall),this.internalError=err),this.callEventTracker.onStreamEnd(!1)})}getDeadlineInfo(){return[`remote_addr=${this.getPeer()}`]}onDisconnect(){
this.connectionDropped=!0,setImmediate(()=>{this.endCall({code:constants_1.Status.UNAVAILABLE,details:"Connection dropped",metadata:new metadata_1.Metadata})})}outputStatus(){
this.statusOutput||(this.statusOutput=!0,this.traceEnabled&&this.trace("ended with status: code="+this.finalStatus.code+' details="'+this.finalStatus.details+'"'),
this.callEventTracker.onCallEnd(this.finalStatus),process.nextTick(()=>{this.listener.onReceiveStatus(this.finalStatus)}),this.http2Stream.resume())}get traceEnabled(){
return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(constants_2.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callId+"] "+text)}endCall(status){
(this.finalStatus===null||this.finalStatus.code===constants_1.Status.OK)&&(this.finalStatus=status,this.maybeOutputStatus()),this.destroyHttp2Stream()}maybeOutputStatus(){
this.finalStatus!==null&&(this.finalStatus.code!==constants_1.Status.OK||this.readsClosed&&this.unpushedReadMessages.length===0&&!this.isReadFilterPending&&!this.
isPushPending)&&this.outputStatus()}push(message){this.traceEnabled&&this.trace("pushing to reader message of length "+(message instanceof Buffer?message.length:
null)),this.canPush=!1,this.isPushPending=!0,process.nextTick(()=>{this.isPushPending=!1,!this.statusOutput&&(this.listener.onReceiveMessage(message),this.maybeOutputStatus())})}tryPush(messageBytes){
this.canPush?(this.http2Stream.pause(),this.push(messageBytes)):(this.traceEnabled&&this.trace("unpushedReadMessages.push message of length "+messageBytes.length),
this.unpushedReadMessages.push(messageBytes))}handleTrailers(headers){if(this.serverEndedCall=!0,this.callEventTracker.onStreamEnd(!0),this.traceEnabled){let headersString="";
for(let header2 of Object.keys(headers))headersString+="		"+header2+": "+headers[header2]+`
`;this.trace(`Received server trailers:
`+headersString)}let metadata;try{metadata=metadata_1.Metadata.fromHttp2Headers(headers)}catch{metadata=new metadata_1.Metadata}let statusValues=metadata.get("g\
rpc-status"),status;if(statusValues.length>0&&typeof statusValues[0]=="string"){let receivedStatus=Number(statusValues[0]);this.traceEnabled&&this.trace("receiv\
ed status code "+receivedStatus+" from server"),metadata.remove("grpc-status");let details="",messageValues=metadata.get("grpc-message");if(messageValues.length>
0&&typeof messageValues[0]=="string"){let messageString=messageValues[0];try{details=decodeURI(messageString)}catch{details=messageString}metadata.remove("grpc-\
message"),this.traceEnabled&&this.trace('received status details string "'+details+'" from server')}status={code:receivedStatus,details,metadata}}else this.httpStatusCode?
(status=mapHttpStatusCode(this.httpStatusCode),status.metadata=metadata):status={code:constants_1.Status.UNKNOWN,details:"No status information received",metadata};
this.endCall(status)}destroyHttp2Stream(){var _a;if(!this.http2Stream.destroyed)if(this.serverEndedCall)this.http2Stream.writableEnded||this.http2Stream.end();else{
let code;((_a=this.finalStatus)===null||_a===void 0?void 0:_a.code)===constants_1.Status.OK?code=http2.constants.NGHTTP2_NO_ERROR:code=http2.constants.NGHTTP2_CANCEL,
this.traceEnabled&&this.trace("close http2 stream with code "+code),this.http2Stream.close(code)}}cancelWithStatus(status,details){this.traceEnabled&&this.trace(
"cancelWithStatus code: "+status+' details: "'+details+'"'),this.endCall({code:status,details,metadata:new metadata_1.Metadata})}getStatus(){return this.finalStatus}getPeer(){
return this.transport.getPeerName()}getCallNumber(){return this.callId}getAuthContext(){return this.transport.getAuthContext()}startRead(){if(this.finalStatus!==
null&&this.finalStatus.code!==constants_1.Status.OK){this.readsClosed=!0,this.maybeOutputStatus();return}if(this.canPush=!0,this.unpushedReadMessages.length>0){
let nextMessage=this.unpushedReadMessages.shift();this.push(nextMessage);return}this.http2Stream.resume()}sendMessageWithContext(context,message){this.traceEnabled&&
this.trace("write() called with message of length "+message.length);let cb=error=>{process.nextTick(()=>{var _a;let code=constants_1.Status.UNAVAILABLE;error?.code===
"ERR_STREAM_WRITE_AFTER_END"&&(code=constants_1.Status.INTERNAL),error&&this.endCall({code,details:`Write error: ${error.message}`,metadata:new metadata_1.Metadata,
rstCode:this.http2Stream.rstCode}),(_a=context.callback)===null||_a===void 0||_a.call(context)})};this.traceEnabled&&this.trace("sending data chunk of length "+
message.length),this.callEventTracker.addMessageSent();try{this.http2Stream.write(message,cb)}catch(error){this.endCall({code:constants_1.Status.UNAVAILABLE,details:`\
Write failed with error ${error.message}`,metadata:new metadata_1.Metadata})}}halfClose(){this.trace("end() called"),!(this.http2Stream.destroyed||this.http2Stream.
writableEnded)&&(this.trace("calling end() on HTTP/2 stream"),this.http2Stream.end())}};exports.Http2SubchannelCall=Http2SubchannelCall}});var require_transport=__commonJS({"node_modules/@grpc/grpc-js/build/src/transport.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.Http2SubchannelConnector=void 0;var http2=__require("http2"),tls_1=__require("tls"),channelz_1=require_channelz(),constants_1=require_constants(),http_proxy_1=require_http_proxy(),
logging=require_logging(),resolver_1=require_resolver(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),net=__require("net"),
subchannel_call_1=require_subchannel_call(),call_number_1=require_call_number(),TRACER_NAME="transport",FLOW_CONTROL_TRACER_NAME="transport_flowctrl",clientVersion=require_package().
version,{HTTP2_HEADER_AUTHORITY,HTTP2_HEADER_CONTENT_TYPE,HTTP2_HEADER_METHOD,HTTP2_HEADER_PATH,HTTP2_HEADER_TE,HTTP2_HEADER_USER_AGENT}=http2.constants,KEEPALIVE_TIMEOUT_MS=2e4,
tooManyPingsData=Buffer.from("too_many_pings","ascii"),Http2Transport=class{constructor(session,subchannelAddress,options,remoteName){this.session=session,this.
options=options,this.remoteName=remoteName,this.keepaliveTimer=null,this.pendingSendKeepalivePing=!1,this.activeCalls=new Set,this.disconnectListeners=[],this.disconnectHandled=
!1,this.channelzEnabled=!0,this.keepalivesSent=0,this.messagesSent=0,this.messagesReceived=0,this.lastMessageSentTimestamp=null,this.lastMessageReceivedTimestamp=
null,this.subchannelAddressString=(0,subchannel_address_1.subchannelAddressToString)(subchannelAddress),options["grpc.enable_channelz"]===0?(this.channelzEnabled=
!1,this.streamTracker=new channelz_1.ChannelzCallTrackerStub):this.streamTracker=new channelz_1.ChannelzCallTracker,this.channelzRef=(0,channelz_1.registerChannelzSocket)(
this.subchannelAddressString,()=>this.getChannelzInfo(),this.channelzEnabled),this.userAgent=[options["grpc.primary_user_agent"],`grpc-node-js/${clientVersion}`,
options["grpc.secondary_user_agent"]].filter(e=>e).join(" "),"grpc.keepalive_time_ms"in options?this.keepaliveTimeMs=options["grpc.keepalive_time_ms"]:this.keepaliveTimeMs=
-1,"grpc.keepalive_timeout_ms"in options?this.keepaliveTimeoutMs=options["grpc.keepalive_timeout_ms"]:this.keepaliveTimeoutMs=KEEPALIVE_TIMEOUT_MS,"grpc.keepali\
ve_permit_without_calls"in options?this.keepaliveWithoutCalls=options["grpc.keepalive_permit_without_calls"]===1:this.keepaliveWithoutCalls=!1,session.once("clo\
se",()=>{this.trace("session closed"),this.handleDisconnect()}),session.once("goaway",(errorCode,lastStreamID,opaqueData)=>{let tooManyPings=!1;errorCode===http2.
constants.NGHTTP2_ENHANCE_YOUR_CALM&&opaqueData&&opaqueData.equals(tooManyPingsData)&&(tooManyPings=!0),this.traceEnabled&&this.trace("connection closed by GOAW\
AY with code "+errorCode+" and data "+opaqueData?.toString()),this.reportDisconnectToOwner(tooManyPings)}),session.once("error",error=>{this.traceEnabled&&this.
trace("connection closed with error "+error.message),this.handleDisconnect()}),session.socket.once("close",hadError=>{this.traceEnabled&&this.trace("connection \
closed. hadError="+hadError),this.handleDisconnect()}),this.traceEnabled&&(session.on("remoteSettings",settings=>{this.trace("new settings received"+(this.session!==
session?" on the old connection":"")+": "+JSON.stringify(settings))}),session.on("localSettings",settings=>{this.trace("local settings acknowledged by remote"+(this.
session!==session?" on the old connection":"")+": "+JSON.stringify(settings))})),this.keepaliveWithoutCalls&&this.maybeStartKeepalivePingTimer(),session.socket instanceof
tls_1.TLSSocket&&session.socket.authorized?this.authContext={transportSecurityType:"ssl",sslPeerCertificate:session.socket.getPeerCertificate()}:this.authContext=
{}}getChannelzInfo(){var _a,_b,_c;let sessionSocket=this.session.socket,remoteAddress=sessionSocket.remoteAddress?(0,subchannel_address_1.stringToSubchannelAddress)(
sessionSocket.remoteAddress,sessionSocket.remotePort):null,localAddress=sessionSocket.localAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.
localAddress,sessionSocket.localPort):null,tlsInfo;if(this.session.encrypted){let tlsSocket=sessionSocket,cipherInfo=tlsSocket.getCipher(),certificate=tlsSocket.
getCertificate(),peerCertificate=tlsSocket.getPeerCertificate();tlsInfo={cipherSuiteStandardName:(_a=cipherInfo.standardName)!==null&&_a!==void 0?_a:null,cipherSuiteOtherName:cipherInfo.
standardName?null:cipherInfo.name,localCertificate:certificate&&"raw"in certificate?certificate.raw:null,remoteCertificate:peerCertificate&&"raw"in peerCertificate?
peerCertificate.raw:null}}else tlsInfo=null;return{remoteAddress,localAddress,security:tlsInfo,remoteName:this.remoteName,streamsStarted:this.streamTracker.callsStarted,
streamsSucceeded:this.streamTracker.callsSucceeded,streamsFailed:this.streamTracker.callsFailed,messagesSent:this.messagesSent,messagesReceived:this.messagesReceived,
keepAlivesSent:this.keepalivesSent,lastLocalStreamCreatedTimestamp:this.streamTracker.lastCallStartedTimestamp,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:this.
lastMessageSentTimestamp,lastMessageReceivedTimestamp:this.lastMessageReceivedTimestamp,localFlowControlWindow:(_b=this.session.state.localWindowSize)!==null&&_b!==
void 0?_b:null,remoteFlowControlWindow:(_c=this.session.state.remoteWindowSize)!==null&&_c!==void 0?_c:null}}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}get keepaliveTraceEnabled(){
return logging.isTracerEnabled("keepalive")}get flowControlTraceEnabled(){return logging.isTracerEnabled(FLOW_CONTROL_TRACER_NAME)}get internalsTraceEnabled(){return logging.
isTracerEnabled("transport_internals")}trace(text){this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+this.
subchannelAddressString+" "+text)}keepaliveTrace(text){this.keepaliveTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,"keepalive","("+this.channelzRef.
id+") "+this.subchannelAddressString+" "+text)}flowControlTrace(text){this.flowControlTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,FLOW_CONTROL_TRACER_NAME,
"("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}internalsTrace(text){this.internalsTraceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,
"transport_internals","("+this.channelzRef.id+") "+this.subchannelAddressString+" "+text)}reportDisconnectToOwner(tooManyPings){this.disconnectHandled||(this.disconnectHandled=
!0,this.disconnectListeners.forEach(listener=>listener(tooManyPings)))}handleDisconnect(){this.clearKeepaliveTimeout(),this.reportDisconnectToOwner(!1);for(let call2 of this.
activeCalls)call2.onDisconnect();setImmediate(()=>{this.session.destroy()})}addDisconnectListener(listener){this.disconnectListeners.push(listener)}canSendPing(){
return!this.session.destroyed&&this.keepaliveTimeMs>0&&(this.keepaliveWithoutCalls||this.activeCalls.size>0)}maybeSendPing(){var _a,_b;if(!this.canSendPing()){this.
pendingSendKeepalivePing=!0;return}if(this.keepaliveTimer){console.error("keepaliveTimeout is not null");return}this.channelzEnabled&&(this.keepalivesSent+=1),this.
keepaliveTraceEnabled&&this.keepaliveTrace("Sending ping with timeout "+this.keepaliveTimeoutMs+"ms"),this.keepaliveTimer=setTimeout(()=>{this.keepaliveTimer=null,
this.keepaliveTrace("Ping timeout passed without response"),this.handleDisconnect()},this.keepaliveTimeoutMs),(_b=(_a=this.keepaliveTimer).unref)===null||_b===void 0||
_b.call(_a);let pingSendError="";try{this.session.ping((err,duration,payload)=>{this.clearKeepaliveTimeout(),err?(this.keepaliveTraceEnabled&&this.keepaliveTrace(
"Ping failed with error "+err.message),this.handleDisconnect()):(this.keepaliveTrace("Received ping response"),this.maybeStartKeepalivePingTimer())})||(pingSendError=
"Ping returned false")}catch(e){pingSendError=(e instanceof Error?e.message:"")||"Unknown error"}pingSendError&&(this.keepaliveTraceEnabled&&this.keepaliveTrace(
"Ping send failed: "+pingSendError),this.handleDisconnect())}maybeStartKeepalivePingTimer(){var _a,_b;this.canSendPing()&&(this.pendingSendKeepalivePing?(this.pendingSendKeepalivePing=
!1,this.maybeSendPing()):this.keepaliveTimer||(this.keepaliveTrace("Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),this.keepaliveTimer=setTimeout(()=>{
this.keepaliveTimer=null,this.maybeSendPing()},this.keepaliveTimeMs),(_b=(_a=this.keepaliveTimer).unref)===null||_b===void 0||_b.call(_a)))}clearKeepaliveTimeout(){
this.keepaliveTimer&&(clearTimeout(this.keepaliveTimer),this.keepaliveTimer=null)}removeActiveCall(call2){this.activeCalls.delete(call2),this.activeCalls.size===
0&&this.session.unref()}addActiveCall(call2){this.activeCalls.add(call2),this.activeCalls.size===1&&(this.session.ref(),this.keepaliveWithoutCalls||this.maybeStartKeepalivePingTimer())}createCall(metadata,host,method,listener,subchannelCallStatsTracker,callId){
let headers=metadata.toHttp2Headers();headers[HTTP2_HEADER_AUTHORITY]=host,headers[HTTP2_HEADER_USER_AGENT]=this.userAgent,headers[HTTP2_HEADER_CONTENT_TYPE]="a\
pplication/grpc",headers[HTTP2_HEADER_METHOD]="POST",headers[HTTP2_HEADER_PATH]=method,headers[HTTP2_HEADER_TE]="trailers";let http2Stream;try{http2Stream=this.
session.request(headers)}catch(e){throw this.handleDisconnect(),e}this.flowControlTraceEnabled&&this.flowControlTrace("local window size: "+this.session.state.localWindowSize+
" remote window size: "+this.session.state.remoteWindowSize),this.internalsTraceEnabled&&this.internalsTrace("session.closed="+this.session.closed+" session.des\
troyed="+this.session.destroyed+" session.socket.destroyed="+this.session.socket.destroyed);let eventTracker,call2;return this.channelzEnabled?(this.streamTracker.
addCallStarted(),eventTracker={addMessageSent:()=>{var _a;this.messagesSent+=1,this.lastMessageSentTimestamp=Date.now(),(_a=subchannelCallStatsTracker.addMessageSent)===
null||_a===void 0||_a.call(subchannelCallStatsTracker)},addMessageReceived:()=>{var _a;this.messagesReceived+=1,this.lastMessageReceivedTimestamp=Date.now(),(_a=
subchannelCallStatsTracker.addMessageReceived)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},onCallEnd:status=>{var _a;(_a=subchannelCallStatsTracker.
onCallEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,status),this.removeActiveCall(call2)},onStreamEnd:success=>{var _a;success?this.streamTracker.
addCallSucceeded():this.streamTracker.addCallFailed(),(_a=subchannelCallStatsTracker.onStreamEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,success)}}):
eventTracker={addMessageSent:()=>{var _a;(_a=subchannelCallStatsTracker.addMessageSent)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},addMessageReceived:()=>{
var _a;(_a=subchannelCallStatsTracker.addMessageReceived)===null||_a===void 0||_a.call(subchannelCallStatsTracker)},onCallEnd:status=>{var _a;(_a=subchannelCallStatsTracker.
onCallEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,status),this.removeActiveCall(call2)},onStreamEnd:success=>{var _a;(_a=subchannelCallStatsTracker.
onStreamEnd)===null||_a===void 0||_a.call(subchannelCallStatsTracker,success)}},call2=new subchannel_call_1.Http2SubchannelCall(http2Stream,eventTracker,listener,
this,callId??(0,call_number_1.getNextCallNumber)()),this.addActiveCall(call2),call2}getChannelzRef(){return this.channelzRef}getPeerName(){return this.subchannelAddressString}getOptions(){
return this.options}getAuthContext(){return this.authContext}shutdown(){this.session.close(),(0,channelz_1.unregisterChannelzRef)(this.channelzRef)}},Http2SubchannelConnector=class{constructor(channelTarget){
this.channelTarget=channelTarget,this.session=null,this.isShutdown=!1}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&
logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,(0,uri_parser_1.uriToString)(this.channelTarget)+" "+text)}createSession(secureConnectResult,address,options){
return this.isShutdown?Promise.reject():secureConnectResult.socket.closed?Promise.reject("Connection closed before starting HTTP/2 handshake"):new Promise((resolve2,reject)=>{
var _a,_b,_c,_d,_e,_f,_g,_h;let remoteName=null,realTarget=this.channelTarget;if("grpc.http_connect_target"in options){let parsedTarget=(0,uri_parser_1.parseUri)(
options["grpc.http_connect_target"]);parsedTarget&&(realTarget=parsedTarget,remoteName=(0,uri_parser_1.uriToString)(parsedTarget))}let scheme=secureConnectResult.
secure?"https":"http",targetPath=(0,resolver_1.getDefaultAuthority)(realTarget),closeHandler=()=>{var _a2;(_a2=this.session)===null||_a2===void 0||_a2.destroy(),
this.session=null,setImmediate(()=>{reportedError||(reportedError=!0,reject(`${errorMessage.trim()} (${new Date().toISOString()})`))})},errorHandler=error=>{var _a2;
(_a2=this.session)===null||_a2===void 0||_a2.destroy(),errorMessage=error.message,this.traceEnabled&&this.trace("connection failed with error "+errorMessage),reportedError||
(reportedError=!0,reject(`${errorMessage} (${new Date().toISOString()})`))},sessionOptions={createConnection:(authority,option)=>secureConnectResult.socket,settings:{
initialWindowSize:(_d=(_a=options["grpc-node.flow_control_window"])!==null&&_a!==void 0?_a:(_c=(_b=http2.getDefaultSettings)===null||_b===void 0?void 0:_b.call(
http2))===null||_c===void 0?void 0:_c.initialWindowSize)!==null&&_d!==void 0?_d:65535},maxSendHeaderBlockLength:Number.MAX_SAFE_INTEGER,maxSessionMemory:(_e=options["\
grpc-node.max_session_memory"])!==null&&_e!==void 0?_e:Number.MAX_SAFE_INTEGER},session=http2.connect(`${scheme}://${targetPath}`,sessionOptions),defaultWin=(_h=
(_g=(_f=http2.getDefaultSettings)===null||_f===void 0?void 0:_f.call(http2))===null||_g===void 0?void 0:_g.initialWindowSize)!==null&&_h!==void 0?_h:65535,connWin=options["\
grpc-node.flow_control_window"];this.session=session;let errorMessage="Failed to connect",reportedError=!1;session.unref(),session.once("remoteSettings",()=>{var _a2;
if(connWin&&connWin>defaultWin)try{session.setLocalWindowSize(connWin)}catch{let delta=connWin-((_a2=session.state.localWindowSize)!==null&&_a2!==void 0?_a2:defaultWin);
delta>0&&session.incrementWindowSize(delta)}session.removeAllListeners(),secureConnectResult.socket.removeListener("close",closeHandler),secureConnectResult.socket.
removeListener("error",errorHandler),resolve2(new Http2Transport(session,address,options,remoteName)),this.session=null}),session.once("close",closeHandler),session.
once("error",errorHandler),secureConnectResult.socket.once("close",closeHandler),secureConnectResult.socket.once("error",errorHandler)})}tcpConnect(address,options){
return(0,http_proxy_1.getProxiedConnection)(address,options).then(proxiedSocket=>proxiedSocket||new Promise((resolve2,reject)=>{let closeCallback=()=>{reject(new Error(
"Socket closed"))},errorCallback=error=>{reject(error)},socket=net.connect(address,()=>{socket.removeListener("close",closeCallback),socket.removeListener("erro\
r",errorCallback),resolve2(socket)});socket.once("close",closeCallback),socket.once("error",errorCallback)}))}async connect(address,secureConnector,options){if(this.
isShutdown)return Promise.reject();let tcpConnection=null,secureConnectResult=null,addressString=(0,subchannel_address_1.subchannelAddressToString)(address);try{
return this.traceEnabled&&this.trace(addressString+" Waiting for secureConnector to be ready"),await secureConnector.waitForReady(),this.traceEnabled&&this.trace(
addressString+" secureConnector is ready"),tcpConnection=await this.tcpConnect(address,options),tcpConnection.setNoDelay(),this.traceEnabled&&this.trace(addressString+
" Established TCP connection"),secureConnectResult=await secureConnector.connect(tcpConnection),this.traceEnabled&&this.trace(addressString+" Established secure\
 connection"),this.createSession(secureConnectResult,address,options)}catch(e){throw tcpConnection?.destroy(),secureConnectResult?.socket.destroy(),e}}shutdown(){
var _a;this.isShutdown=!0,(_a=this.session)===null||_a===void 0||_a.close(),this.session=null}};exports.Http2SubchannelConnector=Http2SubchannelConnector}});var require_subchannel_pool=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-pool.js"(exports){"use strict";Object.defineProperty(exports,"__esModul\
e",{value:!0});exports.SubchannelPool=void 0;exports.getSubchannelPool=getSubchannelPool;var channel_options_1=require_channel_options(),subchannel_1=require_subchannel(),
subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),transport_1=require_transport(),REF_CHECK_INTERVAL=1e4,SubchannelPool=class{constructor(){
this.pool=Object.create(null),this.cleanupTimer=null}unrefUnusedSubchannels(){let allSubchannelsUnrefed=!0;for(let channelTarget in this.pool){let refedSubchannels=this.
pool[channelTarget].filter(value=>!value.subchannel.unrefIfOneRef());refedSubchannels.length>0&&(allSubchannelsUnrefed=!1),this.pool[channelTarget]=refedSubchannels}
allSubchannelsUnrefed&&this.cleanupTimer!==null&&(clearInterval(this.cleanupTimer),this.cleanupTimer=null)}ensureCleanupTask(){var _a,_b;this.cleanupTimer===null&&
(this.cleanupTimer=setInterval(()=>{this.unrefUnusedSubchannels()},REF_CHECK_INTERVAL),(_b=(_a=this.cleanupTimer).unref)===null||_b===void 0||_b.call(_a))}getOrCreateSubchannel(channelTargetUri,subchannelTarget,channelArguments,channelCredentials){
this.ensureCleanupTask();let channelTarget=(0,uri_parser_1.uriToString)(channelTargetUri);if(channelTarget in this.pool){let subchannelObjArray=this.pool[channelTarget];
for(let subchannelObj of subchannelObjArray)if((0,subchannel_address_1.subchannelAddressEqual)(subchannelTarget,subchannelObj.subchannelAddress)&&(0,channel_options_1.
channelOptionsEqual)(channelArguments,subchannelObj.channelArguments)&&channelCredentials._equals(subchannelObj.channelCredentials))return subchannelObj.subchannel}
let subchannel=new subchannel_1.Subchannel(channelTargetUri,subchannelTarget,channelArguments,channelCredentials,new transport_1.Http2SubchannelConnector(channelTargetUri));
return channelTarget in this.pool||(this.pool[channelTarget]=[]),this.pool[channelTarget].push({subchannelAddress:subchannelTarget,channelArguments,channelCredentials,
subchannel}),subchannel.ref(),subchannel}};exports.SubchannelPool=SubchannelPool;var globalSubchannelPool=new SubchannelPool;function getSubchannelPool(global){
return global?globalSubchannelPool:new SubchannelPool}}});var require_load_balancing_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancing-call.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.LoadBalancingCall=void 0;var call_credentials_1=require_call_credentials(),connectivity_state_1=require_connectivity_state(),constants_1=require_constants(),
deadline_1=require_deadline(),metadata_1=require_metadata(),picker_1=require_picker(),logging=require_logging(),control_plane_status_1=require_control_plane_status(),
http2=__require("http2"),TRACER_NAME="load_balancing_call",RESOLVED_EMPTY_METADATA=Promise.resolve(void 0),LoadBalancingCall=class{constructor(channel,callConfig,methodName,host,credentials2,deadline,callNumber){
this.channel=channel,this.callConfig=callConfig,this.methodName=methodName,this.host=host,this.credentials=credentials2,this.deadline=deadline,this.callNumber=callNumber,
this.child=null,this.readPending=!1,this.pendingMessage=null,this.pendingHalfClose=!1,this.ended=!1,this.metadata=null,this.listener=null,this.onCallEnded=null,
this.childStartTime=null,this.serviceUrl=this.channel.getServiceUrl(this.host,this.methodName),this.startTime=Date.now()}getDeadlineInfo(){var _a,_b;let deadlineInfo=[];
return this.childStartTime!==null?(this.childStartTime>this.startTime&&(!((_a=this.metadata)===null||_a===void 0)&&_a.getOptions().waitForReady&&deadlineInfo.push(
"wait_for_ready"),deadlineInfo.push(`LB pick: ${(0,deadline_1.formatDateDifference)(this.startTime,this.childStartTime)}`)),deadlineInfo.push(...this.child.getDeadlineInfo()),
deadlineInfo):(!((_b=this.metadata)===null||_b===void 0)&&_b.getOptions().waitForReady&&deadlineInfo.push("wait_for_ready"),deadlineInfo.push("Waiting for LB pi\
ck"),deadlineInfo)}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,
"["+this.callNumber+"] "+text)}getSubchannelString(subchannel){return subchannel?"("+subchannel.getChannelzRef().id+") "+subchannel.getAddress():""+subchannel}outputStatus(status,progress){
var _a,_b;if(!this.ended){this.ended=!0,this.traceEnabled&&this.trace("ended with status: code="+status.code+' details="'+status.details+'" start time='+new Date(
this.startTime).toISOString());let finalStatus=Object.assign(Object.assign({},status),{progress});(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus(finalStatus),
(_b=this.onCallEnded)===null||_b===void 0||_b.call(this,finalStatus.code,finalStatus.details,finalStatus.metadata),this.channel.removeCallFromPickQueue(this)}}generateCallCredentialsMetadata(callCredentials){
return(0,call_credentials_1.isEmptyCallCredentials)(callCredentials)?RESOLVED_EMPTY_METADATA:callCredentials.generateMetadata({method_name:this.methodName,service_url:this.
serviceUrl})}doPick(){var _a,_b;if(this.ended)return;if(!this.metadata)throw new Error("doPick called before start");this.trace("Pick called");let finalMetadata=this.
metadata.clone(),pickResult=this.channel.doPick(finalMetadata,this.callConfig.pickInformation);switch(this.traceEnabled&&this.trace("Pick result: "+picker_1.PickResultType[pickResult.
pickResultType]+" subchannel: "+this.getSubchannelString(pickResult.subchannel)+" status: "+((_a=pickResult.status)===null||_a===void 0?void 0:_a.code)+" "+((_b=
pickResult.status)===null||_b===void 0?void 0:_b.details)),pickResult.pickResultType){case picker_1.PickResultType.COMPLETE:this.generateCallCredentialsMetadata(
this.credentials.compose(pickResult.subchannel.getCallCredentials())).then(credsMetadata=>{var _a2;if(this.ended){this.trace("Credentials metadata generation fi\
nished after call ended");return}if(credsMetadata&&finalMetadata.merge(credsMetadata),finalMetadata.get("authorization").length>1&&this.outputStatus({code:constants_1.
Status.INTERNAL,details:'"authorization" metadata cannot have multiple values',metadata:new metadata_1.Metadata},"PROCESSED"),pickResult.subchannel.getConnectivityState()!==
connectivity_state_1.ConnectivityState.READY){this.traceEnabled&&this.trace("Picked subchannel "+this.getSubchannelString(pickResult.subchannel)+" has state "+connectivity_state_1.
ConnectivityState[pickResult.subchannel.getConnectivityState()]+" after getting credentials metadata. Retrying pick"),this.doPick();return}this.deadline!==1/0&&
finalMetadata.set("grpc-timeout",(0,deadline_1.getDeadlineTimeoutString)(this.deadline));try{this.child=pickResult.subchannel.getRealSubchannel().createCall(finalMetadata,
this.host,this.methodName,{onReceiveMetadata:metadata=>{this.trace("Received metadata"),this.listener.onReceiveMetadata(metadata)},onReceiveMessage:message=>{this.
trace("Received message"),this.listener.onReceiveMessage(message)},onReceiveStatus:status=>{this.trace("Received status"),status.rstCode===http2.constants.NGHTTP2_REFUSED_STREAM?
this.outputStatus(status,"REFUSED"):this.outputStatus(status,"PROCESSED")}},this.callNumber),this.childStartTime=Date.now()}catch(error){this.traceEnabled&&this.
trace("Failed to start call on picked subchannel "+this.getSubchannelString(pickResult.subchannel)+" with error "+error.message),this.outputStatus({code:constants_1.
Status.INTERNAL,details:"Failed to start HTTP/2 stream with error "+error.message,metadata:new metadata_1.Metadata},"NOT_STARTED");return}(_a2=pickResult.onCallStarted)===
null||_a2===void 0||_a2.call(pickResult),this.onCallEnded=pickResult.onCallEnded,this.traceEnabled&&this.trace("Created child call ["+this.child.getCallNumber()+
"]"),this.readPending&&this.child.startRead(),this.pendingMessage&&this.child.sendMessageWithContext(this.pendingMessage.context,this.pendingMessage.message),this.
pendingHalfClose&&this.child.halfClose()},error=>{let{code:code2,details:details2}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(typeof error.code==
"number"?error.code:constants_1.Status.UNKNOWN,`Getting metadata from plugin failed with error: ${error.message}`);this.outputStatus({code:code2,details:details2,
metadata:new metadata_1.Metadata},"PROCESSED")});break;case picker_1.PickResultType.DROP:let{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(
pickResult.status.code,pickResult.status.details);setImmediate(()=>{this.outputStatus({code,details,metadata:pickResult.status.metadata},"DROP")});break;case picker_1.
PickResultType.TRANSIENT_FAILURE:if(this.metadata.getOptions().waitForReady)this.channel.queueCallForPick(this);else{let{code:code2,details:details2}=(0,control_plane_status_1.
restrictControlPlaneStatusCode)(pickResult.status.code,pickResult.status.details);setImmediate(()=>{this.outputStatus({code:code2,details:details2,metadata:pickResult.
status.metadata},"PROCESSED")})}break;case picker_1.PickResultType.QUEUE:this.channel.queueCallForPick(this)}}cancelWithStatus(status,details){var _a;this.traceEnabled&&
this.trace("cancelWithStatus code: "+status+' details: "'+details+'"'),(_a=this.child)===null||_a===void 0||_a.cancelWithStatus(status,details),this.outputStatus(
{code:status,details,metadata:new metadata_1.Metadata},"PROCESSED")}getPeer(){var _a,_b;return(_b=(_a=this.child)===null||_a===void 0?void 0:_a.getPeer())!==null&&
_b!==void 0?_b:this.channel.getTarget()}start(metadata,listener){this.trace("start called"),this.listener=listener,this.metadata=metadata,this.doPick()}sendMessageWithContext(context,message){
this.traceEnabled&&this.trace("write() called with message of length "+message.length),this.child?this.child.sendMessageWithContext(context,message):this.pendingMessage=
{context,message}}startRead(){this.trace("startRead called"),this.child?this.child.startRead():this.readPending=!0}halfClose(){this.trace("halfClose called"),this.
child?this.child.halfClose():this.pendingHalfClose=!0}setCredentials(credentials2){throw new Error("Method not implemented.")}getCallNumber(){return this.callNumber}getAuthContext(){
return this.child?this.child.getAuthContext():null}};exports.LoadBalancingCall=LoadBalancingCall}});var require_resolving_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolving-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",
{value:!0});exports.ResolvingCall=void 0;var call_credentials_1=require_call_credentials(),constants_1=require_constants(),deadline_1=require_deadline(),metadata_1=require_metadata(),
logging=require_logging(),control_plane_status_1=require_control_plane_status(),TRACER_NAME="resolving_call",ResolvingCall=class{constructor(channel,method,options,filterStackFactory,callNumber){
this.channel=channel,this.method=method,this.filterStackFactory=filterStackFactory,this.callNumber=callNumber,this.child=null,this.readPending=!1,this.pendingMessage=
null,this.pendingHalfClose=!1,this.ended=!1,this.readFilterPending=!1,this.writeFilterPending=!1,this.pendingChildStatus=null,this.metadata=null,this.listener=null,
this.statusWatchers=[],this.deadlineTimer=null,this.filterStack=null,this.deadlineStartTime=null,this.configReceivedTime=null,this.childStartTime=null,this.credentials=
call_credentials_1.CallCredentials.createEmpty(),this.deadline=options.deadline,this.host=options.host,options.parentCall&&(options.flags&constants_1.Propagate.
CANCELLATION&&options.parentCall.on("cancelled",()=>{this.cancelWithStatus(constants_1.Status.CANCELLED,"Cancelled by parent call")}),options.flags&constants_1.
Propagate.DEADLINE&&(this.traceEnabled&&this.trace("Propagating deadline from parent: "+options.parentCall.getDeadline()),this.deadline=(0,deadline_1.minDeadline)(
this.deadline,options.parentCall.getDeadline()))),this.trace("Created"),this.runDeadlineTimer()}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){
this.traceEnabled&&logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callNumber+"] "+text)}runDeadlineTimer(){this.deadlineTimer&&(clearTimeout(
this.deadlineTimer),this.deadlineTimer=null),this.deadlineStartTime=Date.now(),this.traceEnabled&&this.trace("Deadline: "+(0,deadline_1.deadlineToString)(this.deadline));
let timeout=(0,deadline_1.getRelativeTimeout)(this.deadline);if(timeout!==1/0){this.traceEnabled&&this.trace("Deadline will be reached in "+timeout+"ms");let handleDeadline=()=>{
if(this.deadlineTimer=null,this.deadlineStartTime===null){this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,"Deadline exceeded");return}let deadlineInfo=[],
deadlineEndTime=Date.now();deadlineInfo.push(`Deadline exceeded after ${(0,deadline_1.formatDateDifference)(this.deadlineStartTime,deadlineEndTime)}`),this.configReceivedTime!==
null?(this.configReceivedTime>this.deadlineStartTime&&deadlineInfo.push(`name resolution: ${(0,deadline_1.formatDateDifference)(this.deadlineStartTime,this.configReceivedTime)}`),
this.childStartTime!==null?this.childStartTime>this.configReceivedTime&&deadlineInfo.push(`metadata filters: ${(0,deadline_1.formatDateDifference)(this.configReceivedTime,
this.childStartTime)}`):deadlineInfo.push("waiting for metadata filters")):deadlineInfo.push("waiting for name resolution"),this.child&&deadlineInfo.push(...this.
child.getDeadlineInfo()),this.cancelWithStatus(constants_1.Status.DEADLINE_EXCEEDED,deadlineInfo.join(","))};timeout<=0?process.nextTick(handleDeadline):this.deadlineTimer=
setTimeout(handleDeadline,timeout)}}outputStatus(status){if(!this.ended){this.ended=!0,this.filterStack||(this.filterStack=this.filterStackFactory.createFilter()),
this.deadlineTimer&&(clearTimeout(this.deadlineTimer),this.deadlineTimer=null);let filteredStatus=this.filterStack.receiveTrailers(status);this.traceEnabled&&this.
trace("ended with status: code="+filteredStatus.code+' details="'+filteredStatus.details+'"'),this.statusWatchers.forEach(watcher=>watcher(filteredStatus)),process.
nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus(filteredStatus)})}}sendMessageOnChild(context,message){if(!this.child)throw new Error(
"sendMessageonChild called with child not populated");let child=this.child;this.writeFilterPending=!0,this.filterStack.sendMessage(Promise.resolve({message,flags:context.
flags})).then(filteredMessage=>{this.writeFilterPending=!1,child.sendMessageWithContext(context,filteredMessage.message),this.pendingHalfClose&&child.halfClose()},
status=>{var _a,_b;this.cancelWithStatus((_a=status.code)!==null&&_a!==void 0?_a:constants_1.Status.INTERNAL,(_b=status.details)!==null&&_b!==void 0?_b:"Failed \
to write message")})}getConfig(){if(this.ended)return;if(!this.metadata||!this.listener)throw new Error("getConfig called before start");let configResult=this.channel.
getConfig(this.method,this.metadata);if(configResult.type==="NONE"){this.channel.queueCallForConfig(this);return}else if(configResult.type==="ERROR"){this.metadata.
getOptions().waitForReady?this.channel.queueCallForConfig(this):this.outputStatus(configResult.error);return}this.configReceivedTime=Date.now();let config=configResult.
config;if(config.status!==constants_1.Status.OK){let{code,details}=(0,control_plane_status_1.restrictControlPlaneStatusCode)(config.status,"Failed to route call\
 to method "+this.method);this.outputStatus({code,details,metadata:new metadata_1.Metadata});return}if(config.methodConfig.timeout){let timeoutMs=Math.floor(config.
methodConfig.timeout.seconds*1e3+config.methodConfig.timeout.nanos/1e6),configDeadline=Date.now()+timeoutMs;this.deadline=(0,deadline_1.minDeadline)(this.deadline,
configDeadline),this.runDeadlineTimer()}this.filterStackFactory.push(config.dynamicFilterFactories),this.filterStack=this.filterStackFactory.createFilter(),this.
filterStack.sendMetadata(Promise.resolve(this.metadata)).then(filteredMetadata=>{this.child=this.channel.createRetryingCall(config,this.method,this.host,this.credentials,
this.deadline,this.callNumber),this.traceEnabled&&this.trace("Created child ["+this.child.getCallNumber()+"]"),this.childStartTime=Date.now(),this.child.start(filteredMetadata,
{onReceiveMetadata:metadata=>{this.trace("Received metadata"),this.listener.onReceiveMetadata(this.filterStack.receiveMetadata(metadata))},onReceiveMessage:message=>{
this.trace("Received message"),this.readFilterPending=!0,this.filterStack.receiveMessage(message).then(filteredMesssage=>{this.trace("Finished filtering receive\
d message"),this.readFilterPending=!1,this.listener.onReceiveMessage(filteredMesssage),this.pendingChildStatus&&this.outputStatus(this.pendingChildStatus)},status=>{
this.cancelWithStatus(status.code,status.details)})},onReceiveStatus:status=>{this.trace("Received status"),this.readFilterPending?this.pendingChildStatus=status:
this.outputStatus(status)}}),this.readPending&&this.child.startRead(),this.pendingMessage?this.sendMessageOnChild(this.pendingMessage.context,this.pendingMessage.
message):this.pendingHalfClose&&this.child.halfClose()},status=>{this.outputStatus(status)})}reportResolverError(status){var _a;!((_a=this.metadata)===null||_a===
void 0)&&_a.getOptions().waitForReady?this.channel.queueCallForConfig(this):this.outputStatus(status)}cancelWithStatus(status,details){var _a;this.traceEnabled&&
this.trace("cancelWithStatus code: "+status+' details: "'+details+'"'),(_a=this.child)===null||_a===void 0||_a.cancelWithStatus(status,details),this.outputStatus(
{code:status,details,metadata:new metadata_1.Metadata})}getPeer(){var _a,_b;return(_b=(_a=this.child)===null||_a===void 0?void 0:_a.getPeer())!==null&&_b!==void 0?
_b:this.channel.getTarget()}start(metadata,listener){this.trace("start called"),this.metadata=metadata.clone(),this.listener=listener,this.getConfig()}sendMessageWithContext(context,message){
this.traceEnabled&&this.trace("write() called with message of length "+message.length),this.child?this.sendMessageOnChild(context,message):this.pendingMessage={
context,message}}startRead(){this.trace("startRead called"),this.child?this.child.startRead():this.readPending=!0}halfClose(){this.trace("halfClose called"),this.
child&&!this.writeFilterPending?this.child.halfClose():this.pendingHalfClose=!0}setCredentials(credentials2){this.credentials=credentials2}addStatusWatcher(watcher){
this.statusWatchers.push(watcher)}getCallNumber(){return this.callNumber}getAuthContext(){return this.child?this.child.getAuthContext():null}};exports.ResolvingCall=
ResolvingCall}});var require_retrying_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/retrying-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{
value:!0});exports.RetryingCall=exports.MessageBufferTracker=exports.RetryThrottler=void 0;var constants_1=require_constants(),deadline_1=require_deadline(),metadata_1=require_metadata(),
logging=require_logging(),call_number_1=require_call_number(),TRACER_NAME="retrying_call",RetryThrottler=class{constructor(maxTokens,tokenRatio,previousRetryThrottler){
this.maxTokens=maxTokens,this.tokenRatio=tokenRatio,previousRetryThrottler?this.tokens=previousRetryThrottler.tokens*(maxTokens/previousRetryThrottler.maxTokens):
this.tokens=maxTokens}addCallSucceeded(){this.tokens=Math.min(this.tokens+this.tokenRatio,this.maxTokens)}addCallFailed(){this.tokens=Math.max(this.tokens-1,0)}canRetryCall(){
return this.tokens>this.maxTokens/2}};exports.RetryThrottler=RetryThrottler;var MessageBufferTracker=class{constructor(totalLimit,limitPerCall){this.totalLimit=
totalLimit,this.limitPerCall=limitPerCall,this.totalAllocated=0,this.allocatedPerCall=new Map}allocate(size,callId){var _a;let currentPerCall=(_a=this.allocatedPerCall.
get(callId))!==null&&_a!==void 0?_a:0;return this.limitPerCall-currentPerCall<size||this.totalLimit-this.totalAllocated<size?!1:(this.allocatedPerCall.set(callId,
currentPerCall+size),this.totalAllocated+=size,!0)}free(size,callId){var _a;if(this.totalAllocated<size)throw new Error(`Invalid buffer allocation state: call ${callId}\
 freed ${size} > total allocated ${this.totalAllocated}`);this.totalAllocated-=size;let currentPerCall=(_a=this.allocatedPerCall.get(callId))!==null&&_a!==void 0?
_a:0;if(currentPerCall<size)throw new Error(`Invalid buffer allocation state: call ${callId} freed ${size} > allocated for call ${currentPerCall}`);this.allocatedPerCall.
set(callId,currentPerCall-size)}freeAll(callId){var _a;let currentPerCall=(_a=this.allocatedPerCall.get(callId))!==null&&_a!==void 0?_a:0;if(this.totalAllocated<
currentPerCall)throw new Error(`Invalid buffer allocation state: call ${callId} allocated ${currentPerCall} > total allocated ${this.totalAllocated}`);this.totalAllocated-=
currentPerCall,this.allocatedPerCall.delete(callId)}};exports.MessageBufferTracker=MessageBufferTracker;var PREVIONS_RPC_ATTEMPTS_METADATA_KEY="grpc-previous-rp\
c-attempts",DEFAULT_MAX_ATTEMPTS_LIMIT=5,RetryingCall=class{constructor(channel,callConfig,methodName,host,credentials2,deadline,callNumber,bufferTracker,retryThrottler){
var _a;this.channel=channel,this.callConfig=callConfig,this.methodName=methodName,this.host=host,this.credentials=credentials2,this.deadline=deadline,this.callNumber=
callNumber,this.bufferTracker=bufferTracker,this.retryThrottler=retryThrottler,this.listener=null,this.initialMetadata=null,this.underlyingCalls=[],this.writeBuffer=
[],this.writeBufferOffset=0,this.readStarted=!1,this.transparentRetryUsed=!1,this.attempts=0,this.hedgingTimer=null,this.retryTimer=null,this.committedCallIndex=
null,this.initialRetryBackoffSec=0,this.nextRetryBackoffSec=0;let maxAttemptsLimit=(_a=channel.getOptions()["grpc-node.retry_max_attempts_limit"])!==null&&_a!==
void 0?_a:DEFAULT_MAX_ATTEMPTS_LIMIT;if(channel.getOptions()["grpc.enable_retries"]===0)this.state="NO_RETRY",this.maxAttempts=1;else if(callConfig.methodConfig.
retryPolicy){this.state="RETRY";let retryPolicy=callConfig.methodConfig.retryPolicy;this.nextRetryBackoffSec=this.initialRetryBackoffSec=Number(retryPolicy.initialBackoff.
substring(0,retryPolicy.initialBackoff.length-1)),this.maxAttempts=Math.min(retryPolicy.maxAttempts,maxAttemptsLimit)}else callConfig.methodConfig.hedgingPolicy?
(this.state="HEDGING",this.maxAttempts=Math.min(callConfig.methodConfig.hedgingPolicy.maxAttempts,maxAttemptsLimit)):(this.state="TRANSPARENT_ONLY",this.maxAttempts=
1);this.startTime=Date.now()}getDeadlineInfo(){if(this.underlyingCalls.length===0)return[];let deadlineInfo=[],latestCall=this.underlyingCalls[this.underlyingCalls.
length-1];return this.underlyingCalls.length>1&&deadlineInfo.push(`previous attempts: ${this.underlyingCalls.length-1}`),latestCall.startTime>this.startTime&&deadlineInfo.
push(`time to current attempt start: ${(0,deadline_1.formatDateDifference)(this.startTime,latestCall.startTime)}`),deadlineInfo.push(...latestCall.call.getDeadlineInfo()),
deadlineInfo}getCallNumber(){return this.callNumber}get traceEnabled(){return logging.isTracerEnabled(TRACER_NAME)}trace(text){this.traceEnabled&&logging.trace(
constants_1.LogVerbosity.DEBUG,TRACER_NAME,"["+this.callNumber+"] "+text)}reportStatus(statusObject){this.traceEnabled&&this.trace("ended with status: code="+statusObject.
code+' details="'+statusObject.details+'" start time='+new Date(this.startTime).toISOString()),this.bufferTracker.freeAll(this.callNumber),this.writeBufferOffset=
this.writeBufferOffset+this.writeBuffer.length,this.writeBuffer=[],process.nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onReceiveStatus({code:statusObject.
code,details:statusObject.details,metadata:statusObject.metadata})})}cancelWithStatus(status,details){this.traceEnabled&&this.trace("cancelWithStatus code: "+status+
' details: "'+details+'"'),this.state="NO_RETRY",this.retryTimer&&(clearTimeout(this.retryTimer),this.retryTimer=null),this.hedgingTimer&&(clearTimeout(this.hedgingTimer),
this.hedgingTimer=null),this.reportStatus({code:status,details,metadata:new metadata_1.Metadata});for(let{call:call2}of this.underlyingCalls)call2.cancelWithStatus(
status,details)}getPeer(){return this.committedCallIndex!==null?this.underlyingCalls[this.committedCallIndex].call.getPeer():"unknown"}getBufferEntry(messageIndex){
var _a;return(_a=this.writeBuffer[messageIndex-this.writeBufferOffset])!==null&&_a!==void 0?_a:{entryType:"FREED",allocated:!1}}getNextBufferIndex(){return this.
writeBufferOffset+this.writeBuffer.length}clearSentMessages(){if(this.state!=="COMMITTED")return;let earliestNeededMessageIndex;this.underlyingCalls[this.committedCallIndex].
state==="COMPLETED"?earliestNeededMessageIndex=this.getNextBufferIndex():earliestNeededMessageIndex=this.underlyingCalls[this.committedCallIndex].nextMessageToSend;
for(let messageIndex=this.writeBufferOffset;messageIndex<earliestNeededMessageIndex;messageIndex++){let bufferEntry=this.getBufferEntry(messageIndex);bufferEntry.
allocated&&this.bufferTracker.free(bufferEntry.message.message.length,this.callNumber)}this.writeBuffer=this.writeBuffer.slice(earliestNeededMessageIndex-this.writeBufferOffset),
this.writeBufferOffset=earliestNeededMessageIndex}commitCall(index){var _a,_b;if(this.state!=="COMMITTED"){this.traceEnabled&&this.trace("Committing call ["+this.
underlyingCalls[index].call.getCallNumber()+"] at index "+index),this.state="COMMITTED",(_b=(_a=this.callConfig).onCommitted)===null||_b===void 0||_b.call(_a),this.
committedCallIndex=index;for(let i=0;i<this.underlyingCalls.length;i++)i!==index&&this.underlyingCalls[i].state!=="COMPLETED"&&(this.underlyingCalls[i].state="C\
OMPLETED",this.underlyingCalls[i].call.cancelWithStatus(constants_1.Status.CANCELLED,"Discarded in favor of other hedged attempt"));this.clearSentMessages()}}commitCallWithMostMessages(){
if(this.state==="COMMITTED")return;let mostMessages=-1,callWithMostMessages=-1;for(let[index,childCall]of this.underlyingCalls.entries())childCall.state==="ACTI\
VE"&&childCall.nextMessageToSend>mostMessages&&(mostMessages=childCall.nextMessageToSend,callWithMostMessages=index);callWithMostMessages===-1?this.state="TRANS\
PARENT_ONLY":this.commitCall(callWithMostMessages)}isStatusCodeInList(list,code){return list.some(value=>{var _a;return value===code||value.toString().toLowerCase()===
((_a=constants_1.Status[code])===null||_a===void 0?void 0:_a.toLowerCase())})}getNextRetryJitter(){return Math.random()*(1.2-.8)+.8}getNextRetryBackoffMs(){var _a;
let retryPolicy=(_a=this.callConfig)===null||_a===void 0?void 0:_a.methodConfig.retryPolicy;if(!retryPolicy)return 0;let nextBackoffMs=this.getNextRetryJitter()*
this.nextRetryBackoffSec*1e3,maxBackoffSec=Number(retryPolicy.maxBackoff.substring(0,retryPolicy.maxBackoff.length-1));return this.nextRetryBackoffSec=Math.min(
this.nextRetryBackoffSec*retryPolicy.backoffMultiplier,maxBackoffSec),nextBackoffMs}maybeRetryCall(pushback,callback){if(this.state!=="RETRY"){callback(!1);return}
if(this.attempts>=this.maxAttempts){callback(!1);return}let retryDelayMs;if(pushback===null)retryDelayMs=this.getNextRetryBackoffMs();else if(pushback<0){this.state=
"TRANSPARENT_ONLY",callback(!1);return}else retryDelayMs=pushback,this.nextRetryBackoffSec=this.initialRetryBackoffSec;this.retryTimer=setTimeout(()=>{var _a,_b;
if(this.retryTimer=null,this.state!=="RETRY"){callback(!1);return}!((_b=(_a=this.retryThrottler)===null||_a===void 0?void 0:_a.canRetryCall())!==null&&_b!==void 0)||
_b?(callback(!0),this.attempts+=1,this.startNewAttempt()):(this.trace("Retry attempt denied by throttling policy"),callback(!1))},retryDelayMs)}countActiveCalls(){
let count=0;for(let call2 of this.underlyingCalls)call2?.state==="ACTIVE"&&(count+=1);return count}handleProcessedStatus(status,callIndex,pushback){var _a,_b,_c;
switch(this.state){case"COMMITTED":case"NO_RETRY":case"TRANSPARENT_ONLY":this.commitCall(callIndex),this.reportStatus(status);break;case"HEDGING":if(this.isStatusCodeInList(
(_a=this.callConfig.methodConfig.hedgingPolicy.nonFatalStatusCodes)!==null&&_a!==void 0?_a:[],status.code)){(_b=this.retryThrottler)===null||_b===void 0||_b.addCallFailed();
let delayMs;if(pushback===null)delayMs=0;else if(pushback<0){this.state="TRANSPARENT_ONLY",this.commitCall(callIndex),this.reportStatus(status);return}else delayMs=
pushback;setTimeout(()=>{this.maybeStartHedgingAttempt(),this.countActiveCalls()===0&&(this.commitCall(callIndex),this.reportStatus(status))},delayMs)}else this.
commitCall(callIndex),this.reportStatus(status);break;case"RETRY":this.isStatusCodeInList(this.callConfig.methodConfig.retryPolicy.retryableStatusCodes,status.code)?
((_c=this.retryThrottler)===null||_c===void 0||_c.addCallFailed(),this.maybeRetryCall(pushback,retried=>{retried||(this.commitCall(callIndex),this.reportStatus(
status))})):(this.commitCall(callIndex),this.reportStatus(status));break}}getPushback(metadata){let mdValue=metadata.get("grpc-retry-pushback-ms");if(mdValue.length===
0)return null;try{return parseInt(mdValue[0])}catch{return-1}}handleChildStatus(status,callIndex){var _a;if(this.underlyingCalls[callIndex].state==="COMPLETED")
return;if(this.traceEnabled&&this.trace("state="+this.state+" handling status with progress "+status.progress+" from child ["+this.underlyingCalls[callIndex].call.
getCallNumber()+"] in state "+this.underlyingCalls[callIndex].state),this.underlyingCalls[callIndex].state="COMPLETED",status.code===constants_1.Status.OK){(_a=
this.retryThrottler)===null||_a===void 0||_a.addCallSucceeded(),this.commitCall(callIndex),this.reportStatus(status);return}if(this.state==="NO_RETRY"){this.commitCall(
callIndex),this.reportStatus(status);return}if(this.state==="COMMITTED"){this.reportStatus(status);return}let pushback=this.getPushback(status.metadata);switch(status.
progress){case"NOT_STARTED":this.startNewAttempt();break;case"REFUSED":this.transparentRetryUsed?this.handleProcessedStatus(status,callIndex,pushback):(this.transparentRetryUsed=
!0,this.startNewAttempt());break;case"DROP":this.commitCall(callIndex),this.reportStatus(status);break;case"PROCESSED":this.handleProcessedStatus(status,callIndex,
pushback);break}}maybeStartHedgingAttempt(){this.state==="HEDGING"&&this.callConfig.methodConfig.hedgingPolicy&&(this.attempts>=this.maxAttempts||(this.attempts+=
1,this.startNewAttempt(),this.maybeStartHedgingTimer()))}maybeStartHedgingTimer(){var _a,_b,_c;if(this.hedgingTimer&&clearTimeout(this.hedgingTimer),this.state!==
"HEDGING"||!this.callConfig.methodConfig.hedgingPolicy)return;let hedgingPolicy=this.callConfig.methodConfig.hedgingPolicy;if(this.attempts>=this.maxAttempts)return;
let hedgingDelayString=(_a=hedgingPolicy.hedgingDelay)!==null&&_a!==void 0?_a:"0s",hedgingDelaySec=Number(hedgingDelayString.substring(0,hedgingDelayString.length-
1));this.hedgingTimer=setTimeout(()=>{this.maybeStartHedgingAttempt()},hedgingDelaySec*1e3),(_c=(_b=this.hedgingTimer).unref)===null||_c===void 0||_c.call(_b)}startNewAttempt(){
let childCallNumber=this.underlyingCalls.length>0?(0,call_number_1.getNextCallNumber)():this.callNumber,child=this.channel.createLoadBalancingCall(this.callConfig,
this.methodName,this.host,this.credentials,this.deadline,childCallNumber);this.traceEnabled&&this.trace("Created child call ["+child.getCallNumber()+"] for atte\
mpt "+this.attempts);let index=this.underlyingCalls.length;this.underlyingCalls.push({state:"ACTIVE",call:child,nextMessageToSend:0,startTime:Date.now()});let previousAttempts=this.
attempts-1,initialMetadata=this.initialMetadata;previousAttempts>0&&(initialMetadata=initialMetadata.clone(),initialMetadata.set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,
`${previousAttempts}`));let receivedMetadata=!1;child.start(initialMetadata,{onReceiveMetadata:metadata=>{this.traceEnabled&&this.trace("Received metadata from \
child ["+child.getCallNumber()+"]"),this.commitCall(index),receivedMetadata=!0,previousAttempts>0&&metadata.set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,`${previousAttempts}`),
this.underlyingCalls[index].state==="ACTIVE"&&this.listener.onReceiveMetadata(metadata)},onReceiveMessage:message=>{this.traceEnabled&&this.trace("Received mess\
age from child ["+child.getCallNumber()+"]"),this.commitCall(index),this.underlyingCalls[index].state==="ACTIVE"&&this.listener.onReceiveMessage(message)},onReceiveStatus:status=>{
this.traceEnabled&&this.trace("Received status from child ["+child.getCallNumber()+"]"),!receivedMetadata&&previousAttempts>0&&status.metadata.set(PREVIONS_RPC_ATTEMPTS_METADATA_KEY,
`${previousAttempts}`),this.handleChildStatus(status,index)}}),this.sendNextChildMessage(index),this.readStarted&&child.startRead()}start(metadata,listener){this.
trace("start called"),this.listener=listener,this.initialMetadata=metadata,this.attempts+=1,this.startNewAttempt(),this.maybeStartHedgingTimer()}handleChildWriteCompleted(childIndex,messageIndex){
var _a,_b;(_b=(_a=this.getBufferEntry(messageIndex)).callback)===null||_b===void 0||_b.call(_a),this.clearSentMessages();let childCall=this.underlyingCalls[childIndex];
childCall.nextMessageToSend+=1,this.sendNextChildMessage(childIndex)}sendNextChildMessage(childIndex){let childCall=this.underlyingCalls[childIndex];if(childCall.
state==="COMPLETED")return;let messageIndex=childCall.nextMessageToSend;if(this.getBufferEntry(messageIndex)){let bufferEntry=this.getBufferEntry(messageIndex);
switch(bufferEntry.entryType){case"MESSAGE":childCall.call.sendMessageWithContext({callback:error=>{this.handleChildWriteCompleted(childIndex,messageIndex)}},bufferEntry.
message.message),this.getBufferEntry(messageIndex+1).entryType==="HALF_CLOSE"&&(this.traceEnabled&&this.trace("Sending halfClose immediately after message to ch\
ild ["+childCall.call.getCallNumber()+"] - optimizing for unary/final message"),childCall.nextMessageToSend+=1,childCall.call.halfClose());break;case"HALF_CLOSE":
childCall.nextMessageToSend+=1,childCall.call.halfClose();break;case"FREED":break}}}sendMessageWithContext(context,message){this.traceEnabled&&this.trace("write\
() called with message of length "+message.length);let writeObj={message,flags:context.flags},messageIndex=this.getNextBufferIndex(),bufferEntry={entryType:"MES\
SAGE",message:writeObj,allocated:this.bufferTracker.allocate(message.length,this.callNumber)};if(this.writeBuffer.push(bufferEntry),bufferEntry.allocated){process.
nextTick(()=>{var _a;(_a=context.callback)===null||_a===void 0||_a.call(context)});for(let[callIndex,call2]of this.underlyingCalls.entries())call2.state==="ACTI\
VE"&&call2.nextMessageToSend===messageIndex&&call2.call.sendMessageWithContext({callback:error=>{this.handleChildWriteCompleted(callIndex,messageIndex)}},message)}else{
if(this.commitCallWithMostMessages(),this.committedCallIndex===null)return;let call2=this.underlyingCalls[this.committedCallIndex];bufferEntry.callback=context.
callback,call2.state==="ACTIVE"&&call2.nextMessageToSend===messageIndex&&call2.call.sendMessageWithContext({callback:error=>{this.handleChildWriteCompleted(this.
committedCallIndex,messageIndex)}},message)}}startRead(){this.trace("startRead called"),this.readStarted=!0;for(let underlyingCall of this.underlyingCalls)underlyingCall?.
state==="ACTIVE"&&underlyingCall.call.startRead()}halfClose(){this.trace("halfClose called");let halfCloseIndex=this.getNextBufferIndex();this.writeBuffer.push(
{entryType:"HALF_CLOSE",allocated:!1});for(let call2 of this.underlyingCalls)call2?.state==="ACTIVE"&&(call2.nextMessageToSend===halfCloseIndex||call2.nextMessageToSend===
halfCloseIndex-1)&&(this.traceEnabled&&this.trace("Sending halfClose immediately to child ["+call2.call.getCallNumber()+"] - all messages already sent"),call2.nextMessageToSend+=
1,call2.call.halfClose())}setCredentials(newCredentials){throw new Error("Method not implemented.")}getMethod(){return this.methodName}getHost(){return this.host}getAuthContext(){
return this.committedCallIndex!==null?this.underlyingCalls[this.committedCallIndex].call.getAuthContext():null}};exports.RetryingCall=RetryingCall}});var require_subchannel_interface=__commonJS({"node_modules/@grpc/grpc-js/build/src/subchannel-interface.js"(exports){"use strict";Object.defineProperty(exports,
"__esModule",{value:!0});exports.BaseSubchannelWrapper=void 0;var BaseSubchannelWrapper=class{constructor(child){this.child=child,this.healthy=!0,this.healthListeners=
new Set,this.refcount=0,this.dataWatchers=new Set,child.addHealthStateWatcher(childHealthy=>{this.healthy&&this.updateHealthListeners()})}updateHealthListeners(){
for(let listener of this.healthListeners)listener(this.isHealthy())}getConnectivityState(){return this.child.getConnectivityState()}addConnectivityStateListener(listener){
this.child.addConnectivityStateListener(listener)}removeConnectivityStateListener(listener){this.child.removeConnectivityStateListener(listener)}startConnecting(){
this.child.startConnecting()}getAddress(){return this.child.getAddress()}throttleKeepalive(newKeepaliveTime){this.child.throttleKeepalive(newKeepaliveTime)}ref(){
this.child.ref(),this.refcount+=1}unref(){this.child.unref(),this.refcount-=1,this.refcount===0&&this.destroy()}destroy(){for(let watcher of this.dataWatchers)watcher.
destroy()}getChannelzRef(){return this.child.getChannelzRef()}isHealthy(){return this.healthy&&this.child.isHealthy()}addHealthStateWatcher(listener){this.healthListeners.
add(listener)}removeHealthStateWatcher(listener){this.healthListeners.delete(listener)}addDataWatcher(dataWatcher){dataWatcher.setSubchannel(this.getRealSubchannel()),
this.dataWatchers.add(dataWatcher)}setHealthy(healthy){healthy!==this.healthy&&(this.healthy=healthy,this.child.isHealthy()&&this.updateHealthListeners())}getRealSubchannel(){
return this.child.getRealSubchannel()}realSubchannelEquals(other){return this.getRealSubchannel()===other.getRealSubchannel()}getCallCredentials(){return this.child.
getCallCredentials()}getChannel(){return this.child.getChannel()}};exports.BaseSubchannelWrapper=BaseSubchannelWrapper}});var require_internal_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/internal-channel.js"(exports){"use strict";Object.defineProperty(exports,"__esMod\
ule",{value:!0});exports.InternalChannel=exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX=void 0;var channel_credentials_1=require_channel_credentials(),resolving_load_balancer_1=require_resolving_load_balancer(),
subchannel_pool_1=require_subchannel_pool(),picker_1=require_picker(),metadata_1=require_metadata(),constants_1=require_constants(),filter_stack_1=require_filter_stack(),
compression_filter_1=require_compression_filter(),resolver_1=require_resolver(),logging_1=require_logging(),http_proxy_1=require_http_proxy(),uri_parser_1=require_uri_parser(),
connectivity_state_1=require_connectivity_state(),channelz_1=require_channelz(),load_balancing_call_1=require_load_balancing_call(),deadline_1=require_deadline(),
resolving_call_1=require_resolving_call(),call_number_1=require_call_number(),control_plane_status_1=require_control_plane_status(),retrying_call_1=require_retrying_call(),
subchannel_interface_1=require_subchannel_interface(),MAX_TIMEOUT_TIME=2147483647,MIN_IDLE_TIMEOUT_MS=1e3,DEFAULT_IDLE_TIMEOUT_MS=1800*1e3,RETRY_THROTTLER_MAP=new Map,
DEFAULT_RETRY_BUFFER_SIZE_BYTES=1<<24,DEFAULT_PER_RPC_RETRY_BUFFER_SIZE_BYTES=1<<20,ChannelSubchannelWrapper=class extends subchannel_interface_1.BaseSubchannelWrapper{constructor(childSubchannel,channel){
super(childSubchannel),this.channel=channel,this.refCount=0,this.subchannelStateListener=(subchannel,previousState,newState,keepaliveTime)=>{channel.throttleKeepalive(
keepaliveTime)}}ref(){this.refCount===0&&(this.child.addConnectivityStateListener(this.subchannelStateListener),this.channel.addWrappedSubchannel(this)),this.child.
ref(),this.refCount+=1}unref(){this.child.unref(),this.refCount-=1,this.refCount<=0&&(this.child.removeConnectivityStateListener(this.subchannelStateListener),this.
channel.removeWrappedSubchannel(this))}},ShutdownPicker=class{pick(pickArgs){return{pickResultType:picker_1.PickResultType.DROP,status:{code:constants_1.Status.
UNAVAILABLE,details:"Channel closed before call started",metadata:new metadata_1.Metadata},subchannel:null,onCallStarted:null,onCallEnded:null}}};exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX=
"grpc.internal.no_subchannel";var ChannelzInfoTracker=class{constructor(target){this.target=target,this.trace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.
ChannelzCallTracker,this.childrenTracker=new channelz_1.ChannelzChildrenTracker,this.state=connectivity_state_1.ConnectivityState.IDLE}getChannelzInfoCallback(){
return()=>({target:this.target,state:this.state,trace:this.trace,callTracker:this.callTracker,children:this.childrenTracker.getChildLists()})}},InternalChannel=class _InternalChannel{constructor(target,credentials2,options){
var _a,_b,_c,_d,_e,_f;if(this.credentials=credentials2,this.options=options,this.connectivityState=connectivity_state_1.ConnectivityState.IDLE,this.currentPicker=
new picker_1.UnavailablePicker,this.configSelectionQueue=[],this.pickQueue=new Set,this.connectivityStateWatchers=[],this.callRefTimer=null,this.configSelector=
null,this.currentResolutionError=null,this.wrappedSubchannels=new Set,this.callCount=0,this.idleTimer=null,this.channelzEnabled=!0,this.randomChannelId=Math.floor(
Math.random()*Number.MAX_SAFE_INTEGER),this.serviceUrlCache=new Map,typeof target!="string")throw new TypeError("Channel target must be a string");if(!(credentials2 instanceof
channel_credentials_1.ChannelCredentials))throw new TypeError("Channel credentials must be a ChannelCredentials object");if(options&&typeof options!="object")throw new TypeError(
"Channel options must be an object");this.channelzInfoTracker=new ChannelzInfoTracker(target);let originalTargetUri=(0,uri_parser_1.parseUri)(target);if(originalTargetUri===
null)throw new Error(`Could not parse target name "${target}"`);let defaultSchemeMapResult=(0,resolver_1.mapUriDefaultScheme)(originalTargetUri);if(defaultSchemeMapResult===
null)throw new Error(`Could not find a default scheme for target name "${target}"`);this.options["grpc.enable_channelz"]===0&&(this.channelzEnabled=!1),this.channelzRef=
(0,channelz_1.registerChannelzChannel)(target,this.channelzInfoTracker.getChannelzInfoCallback(),this.channelzEnabled),this.channelzEnabled&&this.channelzInfoTracker.
trace.addTrace("CT_INFO","Channel created"),this.options["grpc.default_authority"]?this.defaultAuthority=this.options["grpc.default_authority"]:this.defaultAuthority=
(0,resolver_1.getDefaultAuthority)(defaultSchemeMapResult);let proxyMapResult=(0,http_proxy_1.mapProxyName)(defaultSchemeMapResult,options);this.target=proxyMapResult.
target,this.options=Object.assign({},this.options,proxyMapResult.extraOptions),this.subchannelPool=(0,subchannel_pool_1.getSubchannelPool)(((_a=this.options["gr\
pc.use_local_subchannel_pool"])!==null&&_a!==void 0?_a:0)===0),this.retryBufferTracker=new retrying_call_1.MessageBufferTracker((_b=this.options["grpc.retry_buf\
fer_size"])!==null&&_b!==void 0?_b:DEFAULT_RETRY_BUFFER_SIZE_BYTES,(_c=this.options["grpc.per_rpc_retry_buffer_size"])!==null&&_c!==void 0?_c:DEFAULT_PER_RPC_RETRY_BUFFER_SIZE_BYTES),
this.keepaliveTime=(_d=this.options["grpc.keepalive_time_ms"])!==null&&_d!==void 0?_d:-1,this.idleTimeoutMs=Math.max((_e=this.options["grpc.client_idle_timeout_\
ms"])!==null&&_e!==void 0?_e:DEFAULT_IDLE_TIMEOUT_MS,MIN_IDLE_TIMEOUT_MS);let channelControlHelper={createSubchannel:(subchannelAddress,subchannelArgs)=>{let finalSubchannelArgs={};
for(let[key,value]of Object.entries(subchannelArgs))key.startsWith(exports.SUBCHANNEL_ARGS_EXCLUDE_KEY_PREFIX)||(finalSubchannelArgs[key]=value);let subchannel=this.
subchannelPool.getOrCreateSubchannel(this.target,subchannelAddress,finalSubchannelArgs,this.credentials);return subchannel.throttleKeepalive(this.keepaliveTime),
this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace("CT_INFO","Created subchannel or used existing subchannel",subchannel.getChannelzRef()),new ChannelSubchannelWrapper(
subchannel,this)},updateState:(connectivityState,picker)=>{this.currentPicker=picker;let queueCopy=this.pickQueue;this.pickQueue=new Set,queueCopy.size>0&&this.
callRefTimerUnref();for(let call2 of queueCopy)call2.doPick();this.updateState(connectivityState)},requestReresolution:()=>{throw new Error("Resolving load bala\
ncer should never call requestReresolution")},addChannelzChild:child=>{this.channelzEnabled&&this.channelzInfoTracker.childrenTracker.refChild(child)},removeChannelzChild:child=>{
this.channelzEnabled&&this.channelzInfoTracker.childrenTracker.unrefChild(child)}};if(this.resolvingLoadBalancer=new resolving_load_balancer_1.ResolvingLoadBalancer(
this.target,channelControlHelper,this.options,(serviceConfig,configSelector)=>{var _a2;serviceConfig.retryThrottling?RETRY_THROTTLER_MAP.set(this.getTarget(),new retrying_call_1.
RetryThrottler(serviceConfig.retryThrottling.maxTokens,serviceConfig.retryThrottling.tokenRatio,RETRY_THROTTLER_MAP.get(this.getTarget()))):RETRY_THROTTLER_MAP.
delete(this.getTarget()),this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace("CT_INFO","Address resolution succeeded"),(_a2=this.configSelector)===null||
_a2===void 0||_a2.unref(),this.configSelector=configSelector,this.currentResolutionError=null,process.nextTick(()=>{let localQueue=this.configSelectionQueue;this.
configSelectionQueue=[],localQueue.length>0&&this.callRefTimerUnref();for(let call2 of localQueue)call2.getConfig()})},status=>{this.channelzEnabled&&this.channelzInfoTracker.
trace.addTrace("CT_WARNING","Address resolution failed with code "+status.code+' and details "'+status.details+'"'),this.configSelectionQueue.length>0&&this.trace(
"Name resolution failed with calls queued for config selection"),this.configSelector===null&&(this.currentResolutionError=Object.assign(Object.assign({},(0,control_plane_status_1.
restrictControlPlaneStatusCode)(status.code,status.details)),{metadata:status.metadata}));let localQueue=this.configSelectionQueue;this.configSelectionQueue=[],
localQueue.length>0&&this.callRefTimerUnref();for(let call2 of localQueue)call2.reportResolverError(status)}),this.filterStackFactory=new filter_stack_1.FilterStackFactory(
[new compression_filter_1.CompressionFilterFactory(this,this.options)]),this.traceEnabled&&this.trace("Channel constructed with options "+JSON.stringify(options,
void 0,2)),(0,logging_1.isTracerEnabled)("channel_stacktrace")){let error=new Error;(0,logging_1.trace)(constants_1.LogVerbosity.DEBUG,"channel_stacktrace","("+
this.channelzRef.id+`) Channel constructed 
`+((_f=error.stack)===null||_f===void 0?void 0:_f.substring(error.stack.indexOf(`
`)+1)))}this.lastActivityTimestamp=Date.now()}get traceEnabled(){return(0,logging_1.isTracerEnabled)("channel")}trace(text,verbosityOverride){this.traceEnabled&&
(0,logging_1.trace)(verbosityOverride??constants_1.LogVerbosity.DEBUG,"channel","("+this.channelzRef.id+") "+(0,uri_parser_1.uriToString)(this.target)+" "+text)}callRefTimerRef(){
var _a,_b,_c,_d;this.callRefTimer||(this.callRefTimer=setInterval(()=>{},MAX_TIMEOUT_TIME)),!((_b=(_a=this.callRefTimer).hasRef)===null||_b===void 0)&&_b.call(_a)||
(this.traceEnabled&&this.trace("callRefTimer.ref | configSelectionQueue.length="+this.configSelectionQueue.length+" pickQueue.length="+this.pickQueue.size),(_d=
(_c=this.callRefTimer).ref)===null||_d===void 0||_d.call(_c))}callRefTimerUnref(){var _a,_b,_c;(!(!((_a=this.callRefTimer)===null||_a===void 0)&&_a.hasRef)||this.
callRefTimer.hasRef())&&(this.traceEnabled&&this.trace("callRefTimer.unref | configSelectionQueue.length="+this.configSelectionQueue.length+" pickQueue.length="+
this.pickQueue.size),(_c=(_b=this.callRefTimer)===null||_b===void 0?void 0:_b.unref)===null||_c===void 0||_c.call(_b))}removeConnectivityStateWatcher(watcherObject){
let watcherIndex=this.connectivityStateWatchers.findIndex(value=>value===watcherObject);watcherIndex>=0&&this.connectivityStateWatchers.splice(watcherIndex,1)}updateState(newState){
(0,logging_1.trace)(constants_1.LogVerbosity.DEBUG,"connectivity_state","("+this.channelzRef.id+") "+(0,uri_parser_1.uriToString)(this.target)+" "+connectivity_state_1.
ConnectivityState[this.connectivityState]+" -> "+connectivity_state_1.ConnectivityState[newState]),this.channelzEnabled&&this.channelzInfoTracker.trace.addTrace(
"CT_INFO","Connectivity state change to "+connectivity_state_1.ConnectivityState[newState]),this.connectivityState=newState,this.channelzInfoTracker.state=newState;
let watchersCopy=this.connectivityStateWatchers.slice();for(let watcherObject of watchersCopy)newState!==watcherObject.currentState&&(watcherObject.timer&&clearTimeout(
watcherObject.timer),this.removeConnectivityStateWatcher(watcherObject),watcherObject.callback());newState!==connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&
(this.currentResolutionError=null)}throttleKeepalive(newKeepaliveTime){if(newKeepaliveTime>this.keepaliveTime){this.keepaliveTime=newKeepaliveTime;for(let wrappedSubchannel of this.
wrappedSubchannels)wrappedSubchannel.throttleKeepalive(newKeepaliveTime)}}addWrappedSubchannel(wrappedSubchannel){this.wrappedSubchannels.add(wrappedSubchannel)}removeWrappedSubchannel(wrappedSubchannel){
this.wrappedSubchannels.delete(wrappedSubchannel)}doPick(metadata,extraPickInfo){return this.currentPicker.pick({metadata,extraPickInfo})}queueCallForPick(call2){
this.pickQueue.add(call2),this.callRefTimerRef()}removeCallFromPickQueue(call2){this.pickQueue.delete(call2),this.pickQueue.size===0&&this.callRefTimerUnref()}getConfig(method,metadata){
return this.connectivityState!==connectivity_state_1.ConnectivityState.SHUTDOWN&&this.resolvingLoadBalancer.exitIdle(),this.configSelector?{type:"SUCCESS",config:this.
configSelector.invoke(method,metadata,this.randomChannelId)}:this.currentResolutionError?{type:"ERROR",error:this.currentResolutionError}:{type:"NONE"}}queueCallForConfig(call2){
this.configSelectionQueue.push(call2),this.callRefTimerRef()}enterIdle(){this.resolvingLoadBalancer.destroy(),this.updateState(connectivity_state_1.ConnectivityState.
IDLE),this.currentPicker=new picker_1.QueuePicker(this.resolvingLoadBalancer),this.idleTimer&&(clearTimeout(this.idleTimer),this.idleTimer=null),this.callRefTimer&&
(clearInterval(this.callRefTimer),this.callRefTimer=null)}startIdleTimeout(timeoutMs){var _a,_b;this.idleTimer=setTimeout(()=>{if(this.callCount>0){this.startIdleTimeout(
this.idleTimeoutMs);return}let timeSinceLastActivity=Date.now()-this.lastActivityTimestamp;timeSinceLastActivity>=this.idleTimeoutMs?(this.trace("Idle timer tri\
ggered after "+this.idleTimeoutMs+"ms of inactivity"),this.enterIdle()):this.startIdleTimeout(this.idleTimeoutMs-timeSinceLastActivity)},timeoutMs),(_b=(_a=this.
idleTimer).unref)===null||_b===void 0||_b.call(_a)}maybeStartIdleTimer(){this.connectivityState!==connectivity_state_1.ConnectivityState.SHUTDOWN&&!this.idleTimer&&
this.startIdleTimeout(this.idleTimeoutMs)}onCallStart(){this.channelzEnabled&&this.channelzInfoTracker.callTracker.addCallStarted(),this.callCount+=1}onCallEnd(status){
this.channelzEnabled&&(status.code===constants_1.Status.OK?this.channelzInfoTracker.callTracker.addCallSucceeded():this.channelzInfoTracker.callTracker.addCallFailed()),
this.callCount-=1,this.lastActivityTimestamp=Date.now(),this.maybeStartIdleTimer()}getServiceUrl(host,methodName){let methodMap=this.serviceUrlCache.get(host);if(methodMap===
void 0&&this.serviceUrlCache.size<_InternalChannel.MAX_CACHED_HOSTS&&(methodMap=new Map,this.serviceUrlCache.set(host,methodMap)),methodMap!==void 0){let serviceUrl=methodMap.
get(methodName);if(serviceUrl!==void 0)return serviceUrl;let computedServiceUrl=(0,uri_parser_1.computeServiceUrl)(host,methodName);return methodMap.size<_InternalChannel.
MAX_METHODS_PER_HOST&&methodMap.set(methodName,computedServiceUrl),computedServiceUrl}return(0,uri_parser_1.computeServiceUrl)(host,methodName)}createLoadBalancingCall(callConfig,method,host,credentials2,deadline,callNumber){
let finalCallNumber=callNumber??(0,call_number_1.getNextCallNumber)();return this.traceEnabled&&this.trace("createLoadBalancingCall ["+finalCallNumber+'] method\
="'+method+'"'),new load_balancing_call_1.LoadBalancingCall(this,callConfig,method,host,credentials2,deadline,finalCallNumber)}createRetryingCall(callConfig,method,host,credentials2,deadline,callNumber){
let finalCallNumber=callNumber??(0,call_number_1.getNextCallNumber)();return this.traceEnabled&&this.trace("createRetryingCall ["+finalCallNumber+'] method="'+method+
'"'),new retrying_call_1.RetryingCall(this,callConfig,method,host,credentials2,deadline,finalCallNumber,this.retryBufferTracker,RETRY_THROTTLER_MAP.get(this.getTarget()))}createResolvingCall(method,deadline,host,parentCall,propagateFlags){
let callNumber=(0,call_number_1.getNextCallNumber)();this.traceEnabled&&this.trace("createResolvingCall ["+callNumber+'] method="'+method+'", deadline='+(0,deadline_1.
deadlineToString)(deadline));let finalOptions={deadline,flags:propagateFlags??constants_1.Propagate.DEFAULTS,host:host??this.defaultAuthority,parentCall},call2=new resolving_call_1.
ResolvingCall(this,method,finalOptions,this.filterStackFactory.clone(),callNumber);return this.onCallStart(),call2.addStatusWatcher(status=>{this.onCallEnd(status)}),
call2}close(){var _a;this.resolvingLoadBalancer.destroy(),this.updateState(connectivity_state_1.ConnectivityState.SHUTDOWN),this.currentPicker=new ShutdownPicker;
for(let call2 of this.configSelectionQueue)call2.cancelWithStatus(constants_1.Status.UNAVAILABLE,"Channel closed before call started");this.configSelectionQueue=
[];for(let call2 of this.pickQueue)call2.cancelWithStatus(constants_1.Status.UNAVAILABLE,"Channel closed before call started");this.pickQueue.clear(),this.callRefTimer&&
clearInterval(this.callRefTimer),this.idleTimer&&clearTimeout(this.idleTimer),this.channelzEnabled&&(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.
subchannelPool.unrefUnusedSubchannels(),(_a=this.configSelector)===null||_a===void 0||_a.unref(),this.configSelector=null,this.serviceUrlCache.clear()}getTarget(){
return(0,uri_parser_1.uriToString)(this.target)}getConnectivityState(tryToConnect){let connectivityState=this.connectivityState;return tryToConnect&&(this.resolvingLoadBalancer.
exitIdle(),this.lastActivityTimestamp=Date.now(),this.maybeStartIdleTimer()),connectivityState}watchConnectivityState(currentState,deadline,callback){if(this.connectivityState===
connectivity_state_1.ConnectivityState.SHUTDOWN)throw new Error("Channel has been shut down");let timer=null;if(deadline!==1/0){let deadlineDate=deadline instanceof
Date?deadline:new Date(deadline),now=new Date;if(deadline===-1/0||deadlineDate<=now){process.nextTick(callback,new Error("Deadline passed without connectivity s\
tate change"));return}timer=setTimeout(()=>{this.removeConnectivityStateWatcher(watcherObject),callback(new Error("Deadline passed without connectivity state ch\
ange"))},deadlineDate.getTime()-now.getTime())}let watcherObject={currentState,callback,timer};this.connectivityStateWatchers.push(watcherObject)}getChannelzRef(){
return this.channelzRef}createCall(method,deadline,host,parentCall,propagateFlags){if(typeof method!="string")throw new TypeError("Channel#createCall: method mu\
st be a string");if(!(typeof deadline=="number"||deadline instanceof Date))throw new TypeError("Channel#createCall: deadline must be a number or Date");if(this.
connectivityState===connectivity_state_1.ConnectivityState.SHUTDOWN)throw new Error("Channel has been shut down");return this.createResolvingCall(method,deadline,
host,parentCall,propagateFlags)}getOptions(){return this.options}};exports.InternalChannel=InternalChannel;InternalChannel.MAX_CACHED_HOSTS=5;InternalChannel.MAX_METHODS_PER_HOST=
100}});var require_channel=__commonJS({"node_modules/@grpc/grpc-js/build/src/channel.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
ChannelImplementation=void 0;var channel_credentials_1=require_channel_credentials(),internal_channel_1=require_internal_channel(),ChannelImplementation=class{constructor(target,credentials2,options){
if(typeof target!="string")throw new TypeError("Channel target must be a string");if(!(credentials2 instanceof channel_credentials_1.ChannelCredentials))throw new TypeError(
"Channel credentials must be a ChannelCredentials object");if(options&&typeof options!="object")throw new TypeError("Channel options must be an object");this.internalChannel=
new internal_channel_1.InternalChannel(target,credentials2,options)}close(){this.internalChannel.close()}getTarget(){return this.internalChannel.getTarget()}getConnectivityState(tryToConnect){
return this.internalChannel.getConnectivityState(tryToConnect)}watchConnectivityState(currentState,deadline,callback){this.internalChannel.watchConnectivityState(
currentState,deadline,callback)}getChannelzRef(){return this.internalChannel.getChannelzRef()}createCall(method,deadline,host,parentCall,propagateFlags){if(typeof method!=
"string")throw new TypeError("Channel#createCall: method must be a string");if(!(typeof deadline=="number"||deadline instanceof Date))throw new TypeError("Chann\
el#createCall: deadline must be a number or Date");return this.internalChannel.createCall(method,deadline,host,parentCall,propagateFlags)}};exports.ChannelImplementation=
ChannelImplementation}});var require_load_balancer_pick_first=__commonJS({"node_modules/@grpc/grpc-js/build/src/load-balancer-pick-first.js"(exports){"use strict";Object.defineProperty(
exports,"__esModule",{value:!0});exports.LeafLoadBalancer=exports.PickFirstLoadBalancer=exports.PickFirstLoadBalancingConfig=void 0;exports.shuffled=shuffled;exports.
setup=setup;var load_balancer_1=require_load_balancer(),connectivity_state_1=require_connectivity_state(),picker_1=require_picker(),subchannel_address_1=require_subchannel_address(),
logging=require_logging(),constants_1=require_constants(),subchannel_address_2=require_subchannel_address(),net_1=__require("net"),call_interface_1=require_call_interface(),
TRACER_NAME="pick_first";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}var TYPE_NAME="pick_first",CONNECTION_DELAY_INTERVAL_MS=250,
PickFirstLoadBalancingConfig=class _PickFirstLoadBalancingConfig{constructor(shuffleAddressList){this.shuffleAddressList=shuffleAddressList}getLoadBalancerName(){
return TYPE_NAME}toJsonObject(){return{[TYPE_NAME]:{shuffleAddressList:this.shuffleAddressList}}}getShuffleAddressList(){return this.shuffleAddressList}static createFromJson(obj){
if("shuffleAddressList"in obj&&typeof obj.shuffleAddressList!="boolean")throw new Error("pick_first config field shuffleAddressList must be a boolean if provide\
d");return new _PickFirstLoadBalancingConfig(obj.shuffleAddressList===!0)}};exports.PickFirstLoadBalancingConfig=PickFirstLoadBalancingConfig;var PickFirstPicker=class{constructor(subchannel){
this.subchannel=subchannel}pick(pickArgs){return{pickResultType:picker_1.PickResultType.COMPLETE,subchannel:this.subchannel,status:null,onCallStarted:null,onCallEnded:null}}};
function shuffled(list){let result=list.slice();for(let i=result.length-1;i>1;i--){let j=Math.floor(Math.random()*(i+1)),temp=result[i];result[i]=result[j],result[j]=
temp}return result}function interleaveAddressFamilies(addressList){if(addressList.length===0)return[];let result=[],ipv6Addresses=[],ipv4Addresses=[],ipv6First=(0,subchannel_address_2.
isTcpSubchannelAddress)(addressList[0])&&(0,net_1.isIPv6)(addressList[0].host);for(let address of addressList)(0,subchannel_address_2.isTcpSubchannelAddress)(address)&&
(0,net_1.isIPv6)(address.host)?ipv6Addresses.push(address):ipv4Addresses.push(address);let firstList=ipv6First?ipv6Addresses:ipv4Addresses,secondList=ipv6First?
ipv4Addresses:ipv6Addresses;for(let i=0;i<Math.max(firstList.length,secondList.length);i++)i<firstList.length&&result.push(firstList[i]),i<secondList.length&&result.
push(secondList[i]);return result}var REPORT_HEALTH_STATUS_OPTION_NAME="grpc-node.internal.pick-first.report_health_status",PickFirstLoadBalancer=class{constructor(channelControlHelper){
this.channelControlHelper=channelControlHelper,this.children=[],this.currentState=connectivity_state_1.ConnectivityState.IDLE,this.currentSubchannelIndex=0,this.
currentPick=null,this.subchannelStateListener=(subchannel,previousState,newState,keepaliveTime,errorMessage)=>{this.onSubchannelStateUpdate(subchannel,previousState,
newState,errorMessage)},this.pickedSubchannelHealthListener=()=>this.calculateAndReportNewState(),this.stickyTransientFailureMode=!1,this.reportHealthStatus=!1,
this.lastError=null,this.latestAddressList=null,this.latestOptions={},this.latestResolutionNote="",this.connectionDelayTimeout=setTimeout(()=>{},0),clearTimeout(
this.connectionDelayTimeout)}allChildrenHaveReportedTF(){return this.children.every(child=>child.hasReportedTransientFailure)}resetChildrenReportedTF(){this.children.
every(child=>child.hasReportedTransientFailure=!1)}calculateAndReportNewState(){var _a;if(this.currentPick)if(this.reportHealthStatus&&!this.currentPick.isHealthy()){
let errorMessage=`Picked subchannel ${this.currentPick.getAddress()} is unhealthy`;this.updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.
UnavailablePicker({details:errorMessage}),errorMessage)}else this.updateState(connectivity_state_1.ConnectivityState.READY,new PickFirstPicker(this.currentPick),
null);else if(((_a=this.latestAddressList)===null||_a===void 0?void 0:_a.length)===0){let errorMessage=`No connection established. Last error: ${this.lastError}\
. Resolution note: ${this.latestResolutionNote}`;this.updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker({details:errorMessage}),
errorMessage)}else if(this.children.length===0)this.updateState(connectivity_state_1.ConnectivityState.IDLE,new picker_1.QueuePicker(this),null);else if(this.stickyTransientFailureMode){
let errorMessage=`No connection established. Last error: ${this.lastError}. Resolution note: ${this.latestResolutionNote}`;this.updateState(connectivity_state_1.
ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker({details:errorMessage}),errorMessage)}else this.updateState(connectivity_state_1.ConnectivityState.
CONNECTING,new picker_1.QueuePicker(this),null)}requestReresolution(){this.channelControlHelper.requestReresolution()}maybeEnterStickyTransientFailureMode(){if(this.
allChildrenHaveReportedTF()){if(this.requestReresolution(),this.resetChildrenReportedTF(),this.stickyTransientFailureMode){this.calculateAndReportNewState();return}
this.stickyTransientFailureMode=!0;for(let{subchannel}of this.children)subchannel.startConnecting();this.calculateAndReportNewState()}}removeCurrentPick(){this.
currentPick!==null&&(this.currentPick.removeConnectivityStateListener(this.subchannelStateListener),this.channelControlHelper.removeChannelzChild(this.currentPick.
getChannelzRef()),this.currentPick.removeHealthStateWatcher(this.pickedSubchannelHealthListener),this.currentPick.unref(),this.currentPick=null)}onSubchannelStateUpdate(subchannel,previousState,newState,errorMessage){
var _a;if(!((_a=this.currentPick)===null||_a===void 0)&&_a.realSubchannelEquals(subchannel)){newState!==connectivity_state_1.ConnectivityState.READY&&(this.removeCurrentPick(),
this.calculateAndReportNewState());return}for(let[index,child]of this.children.entries())if(subchannel.realSubchannelEquals(child.subchannel)){newState===connectivity_state_1.
ConnectivityState.READY&&this.pickSubchannel(child.subchannel),newState===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&(child.hasReportedTransientFailure=
!0,errorMessage&&(this.lastError=errorMessage),this.maybeEnterStickyTransientFailureMode(),index===this.currentSubchannelIndex&&this.startNextSubchannelConnecting(
index+1)),child.subchannel.startConnecting();return}}startNextSubchannelConnecting(startIndex){clearTimeout(this.connectionDelayTimeout);for(let[index,child]of this.
children.entries())if(index>=startIndex){let subchannelState=child.subchannel.getConnectivityState();if(subchannelState===connectivity_state_1.ConnectivityState.
IDLE||subchannelState===connectivity_state_1.ConnectivityState.CONNECTING){this.startConnecting(index);return}}this.maybeEnterStickyTransientFailureMode()}startConnecting(subchannelIndex){
var _a,_b;clearTimeout(this.connectionDelayTimeout),this.currentSubchannelIndex=subchannelIndex,this.children[subchannelIndex].subchannel.getConnectivityState()===
connectivity_state_1.ConnectivityState.IDLE&&(trace("Start connecting to subchannel with address "+this.children[subchannelIndex].subchannel.getAddress()),process.
nextTick(()=>{var _a2;(_a2=this.children[subchannelIndex])===null||_a2===void 0||_a2.subchannel.startConnecting()})),this.connectionDelayTimeout=setTimeout(()=>{
this.startNextSubchannelConnecting(subchannelIndex+1)},CONNECTION_DELAY_INTERVAL_MS),(_b=(_a=this.connectionDelayTimeout).unref)===null||_b===void 0||_b.call(_a)}pickSubchannel(subchannel){
trace("Pick subchannel with address "+subchannel.getAddress()),this.stickyTransientFailureMode=!1,subchannel.ref(),this.channelControlHelper.addChannelzChild(subchannel.
getChannelzRef()),this.removeCurrentPick(),this.resetSubchannelList(),subchannel.addConnectivityStateListener(this.subchannelStateListener),subchannel.addHealthStateWatcher(
this.pickedSubchannelHealthListener),this.currentPick=subchannel,clearTimeout(this.connectionDelayTimeout),this.calculateAndReportNewState()}updateState(newState,picker,errorMessage){
trace(connectivity_state_1.ConnectivityState[this.currentState]+" -> "+connectivity_state_1.ConnectivityState[newState]),this.currentState=newState,this.channelControlHelper.
updateState(newState,picker,errorMessage)}resetSubchannelList(){for(let child of this.children)child.subchannel.removeConnectivityStateListener(this.subchannelStateListener),
child.subchannel.unref(),this.channelControlHelper.removeChannelzChild(child.subchannel.getChannelzRef());this.currentSubchannelIndex=0,this.children=[]}connectToAddressList(addressList,options){
trace("connectToAddressList(["+addressList.map(address=>(0,subchannel_address_1.subchannelAddressToString)(address))+"])");let newChildrenList=addressList.map(address=>({
subchannel:this.channelControlHelper.createSubchannel(address,options),hasReportedTransientFailure:!1}));for(let{subchannel}of newChildrenList)if(subchannel.getConnectivityState()===
connectivity_state_1.ConnectivityState.READY){this.pickSubchannel(subchannel);return}for(let{subchannel}of newChildrenList)subchannel.ref(),this.channelControlHelper.
addChannelzChild(subchannel.getChannelzRef());this.resetSubchannelList(),this.children=newChildrenList;for(let{subchannel}of this.children)subchannel.addConnectivityStateListener(
this.subchannelStateListener);for(let child of this.children)child.subchannel.getConnectivityState()===connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE&&
(child.hasReportedTransientFailure=!0);this.startNextSubchannelConnecting(0),this.calculateAndReportNewState()}updateAddressList(maybeEndpointList,lbConfig,options,resolutionNote){
if(!(lbConfig instanceof PickFirstLoadBalancingConfig))return!1;if(!maybeEndpointList.ok)return this.children.length===0&&this.currentPick===null&&this.channelControlHelper.
updateState(connectivity_state_1.ConnectivityState.TRANSIENT_FAILURE,new picker_1.UnavailablePicker(maybeEndpointList.error),maybeEndpointList.error.details),!0;
let endpointList=maybeEndpointList.value;this.reportHealthStatus=options[REPORT_HEALTH_STATUS_OPTION_NAME],lbConfig.getShuffleAddressList()&&(endpointList=shuffled(
endpointList));let rawAddressList=[].concat(...endpointList.map(endpoint=>endpoint.addresses));trace("updateAddressList(["+rawAddressList.map(address=>(0,subchannel_address_1.
subchannelAddressToString)(address))+"])");let addressList=interleaveAddressFamilies(rawAddressList);return this.latestAddressList=addressList,this.latestOptions=
options,this.connectToAddressList(addressList,options),this.latestResolutionNote=resolutionNote,rawAddressList.length>0?!0:(this.lastError="No addresses resolve\
d",!1)}exitIdle(){this.currentState===connectivity_state_1.ConnectivityState.IDLE&&this.latestAddressList&&this.connectToAddressList(this.latestAddressList,this.
latestOptions)}resetBackoff(){}destroy(){this.resetSubchannelList(),this.removeCurrentPick()}getTypeName(){return TYPE_NAME}};exports.PickFirstLoadBalancer=PickFirstLoadBalancer;
var LEAF_CONFIG=new PickFirstLoadBalancingConfig(!1),LeafLoadBalancer=class{constructor(endpoint,channelControlHelper,options,resolutionNote){this.endpoint=endpoint,
this.options=options,this.resolutionNote=resolutionNote,this.latestState=connectivity_state_1.ConnectivityState.IDLE;let childChannelControlHelper=(0,load_balancer_1.
createChildChannelControlHelper)(channelControlHelper,{updateState:(connectivityState,picker,errorMessage)=>{this.latestState=connectivityState,this.latestPicker=
picker,channelControlHelper.updateState(connectivityState,picker,errorMessage)}});this.pickFirstBalancer=new PickFirstLoadBalancer(childChannelControlHelper),this.
latestPicker=new picker_1.QueuePicker(this.pickFirstBalancer)}startConnecting(){this.pickFirstBalancer.updateAddressList((0,call_interface_1.statusOrFromValue)(
[this.endpoint]),LEAF_CONFIG,Object.assign(Object.assign({},this.options),{[REPORT_HEALTH_STATUS_OPTION_NAME]:!0}),this.resolutionNote)}updateEndpoint(newEndpoint,newOptions){
this.options=newOptions,this.endpoint=newEndpoint,this.latestState!==connectivity_state_1.ConnectivityState.IDLE&&this.startConnecting()}getConnectivityState(){
return this.latestState}getPicker(){return this.latestPicker}getEndpoint(){return this.endpoint}exitIdle(){this.pickFirstBalancer.exitIdle()}destroy(){this.pickFirstBalancer.
destroy()}};exports.LeafLoadBalancer=LeafLoadBalancer;function setup(){(0,load_balancer_1.registerLoadBalancerType)(TYPE_NAME,PickFirstLoadBalancer,PickFirstLoadBalancingConfig),
(0,load_balancer_1.registerDefaultLoadBalancerType)(TYPE_NAME)}}});var require_resolver_uds=__commonJS({"node_modules/@grpc/grpc-js/build/src/resolver-uds.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.setup=setup;var resolver_1=require_resolver(),call_interface_1=require_call_interface(),UdsResolver=class{constructor(target,listener,channelOptions){this.
listener=listener,this.hasReturnedResult=!1,this.endpoints=[];let path;target.authority===""?path="/"+target.path:path=target.path,this.endpoints=[{addresses:[{
path}]}]}updateResolution(){this.hasReturnedResult||(this.hasReturnedResult=!0,process.nextTick(this.listener,(0,call_interface_1.statusOrFromValue)(this.endpoints),
{},null,""))}destroy(){this.hasReturnedResult=!1}static getDefaultAuthority(target){return"localhost"}};function setup(){(0,resolver_1.registerResolver)("unix",
UdsResolver)}}});var require_server_call=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-call.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.ServerDuplexStreamImpl=exports.ServerWritableStreamImpl=exports.ServerReadableStreamImpl=exports.ServerUnaryCallImpl=void 0;exports.serverErrorToStatus=
serverErrorToStatus;var events_1=__require("events"),stream_1=__require("stream"),constants_1=require_constants(),metadata_1=require_metadata();function serverErrorToStatus(error,overrideTrailers){
var _a;let status={code:constants_1.Status.UNKNOWN,details:"message"in error?error.message:"Unknown Error",metadata:(_a=overrideTrailers??error.metadata)!==null&&
_a!==void 0?_a:null};return"code"in error&&typeof error.code=="number"&&Number.isInteger(error.code)&&(status.code=error.code,"details"in error&&typeof error.details==
"string"&&(status.details=error.details)),status}var ServerUnaryCallImpl=class extends events_1.EventEmitter{constructor(path,call2,metadata,request2){super(),this.
path=path,this.call=call2,this.metadata=metadata,this.request=request2,this.cancelled=!1}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){this.
call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){
return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}};exports.ServerUnaryCallImpl=ServerUnaryCallImpl;var ServerReadableStreamImpl=class extends stream_1.
Readable{constructor(path,call2,metadata){super({objectMode:!0}),this.path=path,this.call=call2,this.metadata=metadata,this.cancelled=!1}_read(size){this.call.startRead()}getPeer(){
return this.call.getPeer()}sendMetadata(responseMetadata){this.call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.
path}getHost(){return this.call.getHost()}getAuthContext(){return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}};exports.
ServerReadableStreamImpl=ServerReadableStreamImpl;var ServerWritableStreamImpl=class extends stream_1.Writable{constructor(path,call2,metadata,request2){super({
objectMode:!0}),this.path=path,this.call=call2,this.metadata=metadata,this.request=request2,this.pendingStatus={code:constants_1.Status.OK,details:"OK"},this.cancelled=
!1,this.trailingMetadata=new metadata_1.Metadata,this.on("error",err=>{this.pendingStatus=serverErrorToStatus(err),this.end()})}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){
this.call.sendMetadata(responseMetadata)}getDeadline(){return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){
return this.call.getAuthContext()}getMetricsRecorder(){return this.call.getMetricsRecorder()}_write(chunk,encoding,callback){this.call.sendMessage(chunk,callback)}_final(callback){
var _a;callback(null),this.call.sendStatus(Object.assign(Object.assign({},this.pendingStatus),{metadata:(_a=this.pendingStatus.metadata)!==null&&_a!==void 0?_a:
this.trailingMetadata}))}end(metadata){return metadata&&(this.trailingMetadata=metadata),super.end()}};exports.ServerWritableStreamImpl=ServerWritableStreamImpl;
var ServerDuplexStreamImpl=class extends stream_1.Duplex{constructor(path,call2,metadata){super({objectMode:!0}),this.path=path,this.call=call2,this.metadata=metadata,
this.pendingStatus={code:constants_1.Status.OK,details:"OK"},this.cancelled=!1,this.trailingMetadata=new metadata_1.Metadata,this.on("error",err=>{this.pendingStatus=
serverErrorToStatus(err),this.end()})}getPeer(){return this.call.getPeer()}sendMetadata(responseMetadata){this.call.sendMetadata(responseMetadata)}getDeadline(){
return this.call.getDeadline()}getPath(){return this.path}getHost(){return this.call.getHost()}getAuthContext(){return this.call.getAuthContext()}getMetricsRecorder(){
return this.call.getMetricsRecorder()}_read(size){this.call.startRead()}_write(chunk,encoding,callback){this.call.sendMessage(chunk,callback)}_final(callback){var _a;
callback(null),this.call.sendStatus(Object.assign(Object.assign({},this.pendingStatus),{metadata:(_a=this.pendingStatus.metadata)!==null&&_a!==void 0?_a:this.trailingMetadata}))}end(metadata){
return metadata&&(this.trailingMetadata=metadata),super.end()}};exports.ServerDuplexStreamImpl=ServerDuplexStreamImpl}});var require_server_credentials=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-credentials.js"(exports){"use strict";Object.defineProperty(exports,"__e\
sModule",{value:!0});exports.ServerCredentials=void 0;exports.createCertificateProviderServerCredentials=createCertificateProviderServerCredentials;exports.createServerCredentialsWithInterceptors=
createServerCredentialsWithInterceptors;var tls_helpers_1=require_tls_helpers(),ServerCredentials2=class{constructor(serverConstructorOptions,contextOptions){this.
serverConstructorOptions=serverConstructorOptions,this.watchers=new Set,this.latestContextOptions=null,this.latestContextOptions=contextOptions??null}_addWatcher(watcher){
this.watchers.add(watcher)}_removeWatcher(watcher){this.watchers.delete(watcher)}getWatcherCount(){return this.watchers.size}updateSecureContextOptions(options){
this.latestContextOptions=options;for(let watcher of this.watchers)watcher(this.latestContextOptions)}_isSecure(){return this.serverConstructorOptions!==null}_getSecureContextOptions(){
return this.latestContextOptions}_getConstructorOptions(){return this.serverConstructorOptions}_getInterceptors(){return[]}static createInsecure(){return new InsecureServerCredentials}static createSsl(rootCerts,keyCertPairs,checkClientCertificate=!1){
var _a;if(rootCerts!==null&&!Buffer.isBuffer(rootCerts))throw new TypeError("rootCerts must be null or a Buffer");if(!Array.isArray(keyCertPairs))throw new TypeError(
"keyCertPairs must be an array");if(typeof checkClientCertificate!="boolean")throw new TypeError("checkClientCertificate must be a boolean");let cert=[],key=[];
for(let i=0;i<keyCertPairs.length;i++){let pair=keyCertPairs[i];if(pair===null||typeof pair!="object")throw new TypeError(`keyCertPair[${i}] must be an object`);
if(!Buffer.isBuffer(pair.private_key))throw new TypeError(`keyCertPair[${i}].private_key must be a Buffer`);if(!Buffer.isBuffer(pair.cert_chain))throw new TypeError(
`keyCertPair[${i}].cert_chain must be a Buffer`);cert.push(pair.cert_chain),key.push(pair.private_key)}return new SecureServerCredentials({requestCert:checkClientCertificate,
ciphers:tls_helpers_1.CIPHER_SUITES},{ca:(_a=rootCerts??(0,tls_helpers_1.getDefaultRootsData)())!==null&&_a!==void 0?_a:void 0,cert,key})}};exports.ServerCredentials=
ServerCredentials2;var InsecureServerCredentials=class _InsecureServerCredentials extends ServerCredentials2{constructor(){super(null)}_getSettings(){return null}_equals(other){
return other instanceof _InsecureServerCredentials}},SecureServerCredentials=class _SecureServerCredentials extends ServerCredentials2{constructor(constructorOptions,contextOptions){
super(constructorOptions,contextOptions),this.options=Object.assign(Object.assign({},constructorOptions),contextOptions)}_equals(other){if(this===other)return!0;
if(!(other instanceof _SecureServerCredentials))return!1;if(Buffer.isBuffer(this.options.ca)&&Buffer.isBuffer(other.options.ca)){if(!this.options.ca.equals(other.
options.ca))return!1}else if(this.options.ca!==other.options.ca)return!1;if(Array.isArray(this.options.cert)&&Array.isArray(other.options.cert)){if(this.options.
cert.length!==other.options.cert.length)return!1;for(let i=0;i<this.options.cert.length;i++){let thisCert=this.options.cert[i],otherCert=other.options.cert[i];if(Buffer.
isBuffer(thisCert)&&Buffer.isBuffer(otherCert)){if(!thisCert.equals(otherCert))return!1}else if(thisCert!==otherCert)return!1}}else if(this.options.cert!==other.
options.cert)return!1;if(Array.isArray(this.options.key)&&Array.isArray(other.options.key)){if(this.options.key.length!==other.options.key.length)return!1;for(let i=0;i<
this.options.key.length;i++){let thisKey=this.options.key[i],otherKey=other.options.key[i];if(Buffer.isBuffer(thisKey)&&Buffer.isBuffer(otherKey)){if(!thisKey.equals(
otherKey))return!1}else if(thisKey!==otherKey)return!1}}else if(this.options.key!==other.options.key)return!1;return this.options.requestCert===other.options.requestCert}},
CertificateProviderServerCredentials=class _CertificateProviderServerCredentials extends ServerCredentials2{constructor(identityCertificateProvider,caCertificateProvider,requireClientCertificate){
super({requestCert:caCertificateProvider!==null,rejectUnauthorized:requireClientCertificate,ciphers:tls_helpers_1.CIPHER_SUITES}),this.identityCertificateProvider=
identityCertificateProvider,this.caCertificateProvider=caCertificateProvider,this.requireClientCertificate=requireClientCertificate,this.latestCaUpdate=null,this.
latestIdentityUpdate=null,this.caCertificateUpdateListener=this.handleCaCertificateUpdate.bind(this),this.identityCertificateUpdateListener=this.handleIdentityCertitificateUpdate.
bind(this)}_addWatcher(watcher){var _a;this.getWatcherCount()===0&&((_a=this.caCertificateProvider)===null||_a===void 0||_a.addCaCertificateListener(this.caCertificateUpdateListener),
this.identityCertificateProvider.addIdentityCertificateListener(this.identityCertificateUpdateListener)),super._addWatcher(watcher)}_removeWatcher(watcher){var _a;
super._removeWatcher(watcher),this.getWatcherCount()===0&&((_a=this.caCertificateProvider)===null||_a===void 0||_a.removeCaCertificateListener(this.caCertificateUpdateListener),
this.identityCertificateProvider.removeIdentityCertificateListener(this.identityCertificateUpdateListener))}_equals(other){return this===other?!0:other instanceof
_CertificateProviderServerCredentials?this.caCertificateProvider===other.caCertificateProvider&&this.identityCertificateProvider===other.identityCertificateProvider&&
this.requireClientCertificate===other.requireClientCertificate:!1}calculateSecureContextOptions(){var _a;return this.latestIdentityUpdate===null||this.caCertificateProvider!==
null&&this.latestCaUpdate===null?null:{ca:(_a=this.latestCaUpdate)===null||_a===void 0?void 0:_a.caCertificate,cert:[this.latestIdentityUpdate.certificate],key:[
this.latestIdentityUpdate.privateKey]}}finalizeUpdate(){let secureContextOptions=this.calculateSecureContextOptions();this.updateSecureContextOptions(secureContextOptions)}handleCaCertificateUpdate(update){
this.latestCaUpdate=update,this.finalizeUpdate()}handleIdentityCertitificateUpdate(update){this.latestIdentityUpdate=update,this.finalizeUpdate()}};function createCertificateProviderServerCredentials(caCertificateProvider,identityCertificateProvider,requireClientCertificate){
return new CertificateProviderServerCredentials(caCertificateProvider,identityCertificateProvider,requireClientCertificate)}var InterceptorServerCredentials=class _InterceptorServerCredentials extends ServerCredentials2{constructor(childCredentials,interceptors){
super({}),this.childCredentials=childCredentials,this.interceptors=interceptors}_isSecure(){return this.childCredentials._isSecure()}_equals(other){if(!(other instanceof
_InterceptorServerCredentials)||!this.childCredentials._equals(other.childCredentials)||this.interceptors.length!==other.interceptors.length)return!1;for(let i=0;i<
this.interceptors.length;i++)if(this.interceptors[i]!==other.interceptors[i])return!1;return!0}_getInterceptors(){return this.interceptors}_addWatcher(watcher){
this.childCredentials._addWatcher(watcher)}_removeWatcher(watcher){this.childCredentials._removeWatcher(watcher)}_getConstructorOptions(){return this.childCredentials.
_getConstructorOptions()}_getSecureContextOptions(){return this.childCredentials._getSecureContextOptions()}};function createServerCredentialsWithInterceptors(credentials2,interceptors){
return new InterceptorServerCredentials(credentials2,interceptors)}}});var require_duration=__commonJS({"node_modules/@grpc/grpc-js/build/src/duration.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});
exports.durationMessageToDuration=durationMessageToDuration;exports.msToDuration=msToDuration;exports.durationToMs=durationToMs;exports.isDuration=isDuration;exports.
isDurationMessage=isDurationMessage;exports.parseDuration=parseDuration;exports.durationToString=durationToString;function durationMessageToDuration(message){return{
seconds:Number.parseInt(message.seconds),nanos:message.nanos}}function msToDuration(millis){return{seconds:millis/1e3|0,nanos:millis%1e3*1e6|0}}function durationToMs(duration){
return duration.seconds*1e3+duration.nanos/1e6|0}function isDuration(value){return typeof value.seconds=="number"&&typeof value.nanos=="number"}function isDurationMessage(value){
return typeof value.seconds=="string"&&typeof value.nanos=="number"}var durationRegex=/^(\d+)(?:\.(\d+))?s$/;function parseDuration(value){let match=value.match(
durationRegex);return match?{seconds:Number.parseInt(match[1],10),nanos:match[2]?Number.parseInt(match[2].padEnd(9,"0"),10):0}:null}function durationToString(duration){
if(duration.nanos===0)return`${duration.seconds}s`;let scaleFactor;return duration.nanos%1e6===0?scaleFactor=1e6:duration.nanos%1e3===0?scaleFactor=1e3:scaleFactor=
1,`${duration.seconds}.${duration.nanos/scaleFactor}s`}}});var require_orca=__commonJS({"node_modules/@grpc/grpc-js/build/src/orca.js"(exports){"use strict";Object.defineProperty(exports,"__esModule",{value:!0});exports.
OrcaOobMetricsSubchannelWrapper=exports.GRPC_METRICS_HEADER=exports.ServerMetricRecorder=exports.PerRequestMetricRecorder=void 0;exports.createOrcaClient=createOrcaClient;
exports.createMetricsReader=createMetricsReader;var make_client_1=require_make_client(),duration_1=require_duration(),channel_credentials_1=require_channel_credentials(),
subchannel_interface_1=require_subchannel_interface(),constants_1=require_constants(),backoff_timeout_1=require_backoff_timeout(),connectivity_state_1=require_connectivity_state(),
loadedOrcaProto=null;function loadOrcaProto(){if(loadedOrcaProto)return loadedOrcaProto;let loaderLoadSync=require_proto_loader().loadSync,loadedProto=loaderLoadSync(
"xds/service/orca/v3/orca.proto",{keepCase:!0,longs:String,enums:String,defaults:!0,oneofs:!0,includeDirs:[`${import.meta.dirname}/../../proto/xds`,`${import.meta.
dirname}/../../proto/protoc-gen-validate`]});return(0,make_client_1.loadPackageDefinition)(loadedProto)}var PerRequestMetricRecorder=class{constructor(){this.message=
{}}recordRequestCostMetric(name2,value){this.message.request_cost||(this.message.request_cost={}),this.message.request_cost[name2]=value}recordUtilizationMetric(name2,value){
this.message.utilization||(this.message.utilization={}),this.message.utilization[name2]=value}recordNamedMetric(name2,value){this.message.named_metrics||(this.message.
named_metrics={}),this.message.named_metrics[name2]=value}recordCPUUtilizationMetric(value){this.message.cpu_utilization=value}recordMemoryUtilizationMetric(value){
this.message.mem_utilization=value}recordApplicationUtilizationMetric(value){this.message.application_utilization=value}recordQpsMetric(value){this.message.rps_fractional=
value}recordEpsMetric(value){this.message.eps=value}serialize(){return loadOrcaProto().xds.data.orca.v3.OrcaLoadReport.serialize(this.message)}};exports.PerRequestMetricRecorder=
PerRequestMetricRecorder;var DEFAULT_REPORT_INTERVAL_MS=3e4,ServerMetricRecorder=class{constructor(){this.message={},this.serviceImplementation={StreamCoreMetrics:call2=>{
let reportInterval=call2.request.report_interval?(0,duration_1.durationToMs)((0,duration_1.durationMessageToDuration)(call2.request.report_interval)):DEFAULT_REPORT_INTERVAL_MS,
reportTimer=setInterval(()=>{call2.write(this.message)},reportInterval);call2.on("cancelled",()=>{clearInterval(reportTimer)})}}}putUtilizationMetric(name2,value){
this.message.utilization||(this.message.utilization={}),this.message.utilization[name2]=value}setAllUtilizationMetrics(metrics){this.message.utilization=Object.
assign({},metrics)}deleteUtilizationMetric(name2){var _a;(_a=this.message.utilization)===null||_a===void 0||delete _a[name2]}setCpuUtilizationMetric(value){this.
message.cpu_utilization=value}deleteCpuUtilizationMetric(){delete this.message.cpu_utilization}setApplicationUtilizationMetric(value){this.message.application_utilization=
value}deleteApplicationUtilizationMetric(){delete this.message.application_utilization}setQpsMetric(value){this.message.rps_fractional=value}deleteQpsMetric(){delete this.
message.rps_fractional}setEpsMetric(value){this.message.eps=value}deleteEpsMetric(){delete this.message.eps}addToServer(server){let serviceDefinition=loadOrcaProto().
xds.service.orca.v3.OpenRcaService.service;server.addService(serviceDefinition,this.serviceImplementation)}};exports.ServerMetricRecorder=ServerMetricRecorder;function createOrcaClient(channel){
let ClientClass=loadOrcaProto().xds.service.orca.v3.OpenRcaService;return new ClientClass("unused",channel_credentials_1.ChannelCredentials.createInsecure(),{channelOverride:channel})}
exports.GRPC_METRICS_HEADER="endpoint-load-metrics-bin";var PARSED_LOAD_REPORT_KEY="grpc_orca_load_report";function createMetricsReader(listener,previousOnCallEnded){
return(code,details,metadata)=>{let parsedLoadReport=metadata.getOpaque(PARSED_LOAD_REPORT_KEY);if(parsedLoadReport)listener(parsedLoadReport);else{let serializedLoadReport=metadata.
get(exports.GRPC_METRICS_HEADER);serializedLoadReport.length>0&&(parsedLoadReport=loadOrcaProto().xds.data.orca.v3.OrcaLoadReport.deserialize(serializedLoadReport[0]),
listener(parsedLoadReport),metadata.setOpaque(PARSED_LOAD_REPORT_KEY,parsedLoadReport))}previousOnCallEnded&&previousOnCallEnded(code,details,metadata)}}var DATA_PRODUCER_KEY="\
orca_oob_metrics",OobMetricsDataWatcher=class{constructor(metricsListener,intervalMs){this.metricsListener=metricsListener,this.intervalMs=intervalMs,this.dataProducer=
null}setSubchannel(subchannel){let producer=subchannel.getOrCreateDataProducer(DATA_PRODUCER_KEY,createOobMetricsDataProducer);this.dataProducer=producer,producer.
addDataWatcher(this)}destroy(){var _a;(_a=this.dataProducer)===null||_a===void 0||_a.removeDataWatcher(this)}getInterval(){return this.intervalMs}onMetricsUpdate(metrics){
this.metricsListener(metrics)}},OobMetricsDataProducer=class{constructor(subchannel){this.subchannel=subchannel,this.dataWatchers=new Set,this.orcaSupported=!0,
this.metricsCall=null,this.currentInterval=1/0,this.backoffTimer=new backoff_timeout_1.BackoffTimeout(()=>this.updateMetricsSubscription()),this.subchannelStateListener=
()=>this.updateMetricsSubscription();let channel=subchannel.getChannel();this.client=createOrcaClient(channel),subchannel.addConnectivityStateListener(this.subchannelStateListener)}addDataWatcher(dataWatcher){
this.dataWatchers.add(dataWatcher),this.updateMetricsSubscription()}removeDataWatcher(dataWatcher){var _a;this.dataWatchers.delete(dataWatcher),this.dataWatchers.
size===0?(this.subchannel.removeDataProducer(DATA_PRODUCER_KEY),(_a=this.metricsCall)===null||_a===void 0||_a.cancel(),this.metricsCall=null,this.client.close(),
this.subchannel.removeConnectivityStateListener(this.subchannelStateListener)):this.updateMetricsSubscription()}updateMetricsSubscription(){var _a;if(this.dataWatchers.
size===0||!this.orcaSupported||this.subchannel.getConnectivityState()!==connectivity_state_1.ConnectivityState.READY)return;let newInterval=Math.min(...Array.from(
this.dataWatchers).map(watcher=>watcher.getInterval()));if(!this.metricsCall||newInterval!==this.currentInterval){(_a=this.metricsCall)===null||_a===void 0||_a.
cancel(),this.currentInterval=newInterval;let metricsCall=this.client.streamCoreMetrics({report_interval:(0,duration_1.msToDuration)(newInterval)});this.metricsCall=
metricsCall,metricsCall.on("data",report2=>{this.dataWatchers.forEach(watcher=>{watcher.onMetricsUpdate(report2)})}),metricsCall.on("error",error=>{if(this.metricsCall=
null,error.code===constants_1.Status.UNIMPLEMENTED){this.orcaSupported=!1;return}error.code!==constants_1.Status.CANCELLED&&this.backoffTimer.runOnce()})}}},OrcaOobMetricsSubchannelWrapper=class extends subchannel_interface_1.
BaseSubchannelWrapper{constructor(child,metricsListener,intervalMs){super(child),this.addDataWatcher(new OobMetricsDataWatcher(metricsListener,intervalMs))}getWrappedSubchannel(){
return this.child}};exports.OrcaOobMetricsSubchannelWrapper=OrcaOobMetricsSubchannelWrapper;function createOobMetricsDataProducer(subchannel){return new OobMetricsDataProducer(
subchannel)}}});var require_server_interceptors=__commonJS({"node_modules/@grpc/grpc-js/build/src/server-interceptors.js"(exports){"use strict";Object.defineProperty(exports,"_\
_esModule",{value:!0});exports.BaseServerInterceptingCall=exports.ServerInterceptingCall=exports.ResponderBuilder=exports.ServerListenerBuilder=void 0;exports.isInterceptingServerListener=
isInterceptingServerListener;exports.getServerInterceptingCall=getServerInterceptingCall;var metadata_1=require_metadata(),constants_1=require_constants(),http2=__require("http2"),
error_1=require_error(),zlib=__require("zlib"),stream_decoder_1=require_stream_decoder(),logging=require_logging(),tls_1=__require("tls"),orca_1=require_orca(),
environment_1=require_environment(),TRACER_NAME="server_call";function trace(text){logging.trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,text)}var ServerListenerBuilder=class{constructor(){
this.metadata=void 0,this.message=void 0,this.halfClose=void 0,this.cancel=void 0}withOnReceiveMetadata(onReceiveMetadata){return this.metadata=onReceiveMetadata,
this}withOnReceiveMessage(onReceiveMessage){return this.message=onReceiveMessage,this}withOnReceiveHalfClose(onReceiveHalfClose){return this.halfClose=onReceiveHalfClose,
this}withOnCancel(onCancel){return this.cancel=onCancel,this}build(){return{onReceiveMetadata:this.metadata,onReceiveMessage:this.message,onReceiveHalfClose:this.
halfClose,onCancel:this.cancel}}};exports.ServerListenerBuilder=ServerListenerBuilder;function isInterceptingServerListener(listener){return listener.onReceiveMetadata!==
void 0&&listener.onReceiveMetadata.length===1}var InterceptingServerListenerImpl=class{constructor(listener,nextListener){this.listener=listener,this.nextListener=
nextListener,this.cancelled=!1,this.processingMetadata=!1,this.hasPendingMessage=!1,this.pendingMessage=null,this.processingMessage=!1,this.hasPendingHalfClose=
!1}processPendingMessage(){this.hasPendingMessage&&(this.nextListener.onReceiveMessage(this.pendingMessage),this.pendingMessage=null,this.hasPendingMessage=!1)}processPendingHalfClose(){
this.hasPendingHalfClose&&(this.nextListener.onReceiveHalfClose(),this.hasPendingHalfClose=!1)}onReceiveMetadata(metadata){this.cancelled||(this.processingMetadata=
!0,this.listener.onReceiveMetadata(metadata,interceptedMetadata=>{this.processingMetadata=!1,!this.cancelled&&(this.nextListener.onReceiveMetadata(interceptedMetadata),
this.processPendingMessage(),this.processPendingHalfClose())}))}onReceiveMessage(message){this.cancelled||(this.processingMessage=!0,this.listener.onReceiveMessage(
message,msg=>{this.processingMessage=!1,!this.cancelled&&(this.processingMetadata?(this.pendingMessage=msg,this.hasPendingMessage=!0):(this.nextListener.onReceiveMessage(
msg),this.processPendingHalfClose()))}))}onReceiveHalfClose(){this.cancelled||this.listener.onReceiveHalfClose(()=>{this.cancelled||(this.processingMetadata||this.
processingMessage?this.hasPendingHalfClose=!0:this.nextListener.onReceiveHalfClose())})}onCancel(){this.cancelled=!0,this.listener.onCancel(),this.nextListener.
onCancel()}},ResponderBuilder=class{constructor(){this.start=void 0,this.metadata=void 0,this.message=void 0,this.status=void 0}withStart(start2){return this.start=
start2,this}withSendMetadata(sendMetadata){return this.metadata=sendMetadata,this}withSendMessage(sendMessage){return this.message=sendMessage,this}withSendStatus(sendStatus){
return this.status=sendStatus,this}build(){return{start:this.start,sendMetadata:this.metadata,sendMessage:this.message,sendStatus:this.status}}};exports.ResponderBuilder=
ResponderBuilder;var defaultServerListener={onReceiveMetadata:(metadata,next)=>{next(metadata)},onReceiveMessage:(message,next)=>{next(message)},onReceiveHalfClose:next=>{
next()},onCancel:()=>{}},defaultResponder={start:next=>{next()},sendMetadata:(metadata,next)=>{next(metadata)},sendMessage:(message,next)=>{next(message)},sendStatus:(status,next)=>{
next(status)}},ServerInterceptingCall2=class{constructor(nextCall,responder){var _a,_b,_c,_d;this.nextCall=nextCall,this.processingMetadata=!1,this.sentMetadata=
!1,this.processingMessage=!1,this.pendingMessage=null,this.pendingMessageCallback=null,this.pendingStatus=null,this.responder={start:(_a=responder?.start)!==null&&
_a!==void 0?_a:defaultResponder.start,sendMetadata:(_b=responder?.sendMetadata)!==null&&_b!==void 0?_b:defaultResponder.sendMetadata,sendMessage:(_c=responder?.
sendMessage)!==null&&_c!==void 0?_c:defaultResponder.sendMessage,sendStatus:(_d=responder?.sendStatus)!==null&&_d!==void 0?_d:defaultResponder.sendStatus}}processPendingMessage(){
this.pendingMessageCallback&&(this.nextCall.sendMessage(this.pendingMessage,this.pendingMessageCallback),this.pendingMessage=null,this.pendingMessageCallback=null)}processPendingStatus(){
this.pendingStatus&&(this.nextCall.sendStatus(this.pendingStatus),this.pendingStatus=null)}start(listener){this.responder.start(interceptedListener=>{var _a,_b,
_c,_d;let fullInterceptedListener={onReceiveMetadata:(_a=interceptedListener?.onReceiveMetadata)!==null&&_a!==void 0?_a:defaultServerListener.onReceiveMetadata,
onReceiveMessage:(_b=interceptedListener?.onReceiveMessage)!==null&&_b!==void 0?_b:defaultServerListener.onReceiveMessage,onReceiveHalfClose:(_c=interceptedListener?.
onReceiveHalfClose)!==null&&_c!==void 0?_c:defaultServerListener.onReceiveHalfClose,onCancel:(_d=interceptedListener?.onCancel)!==null&&_d!==void 0?_d:defaultServerListener.
onCancel},finalInterceptingListener=new InterceptingServerListenerImpl(fullInterceptedListener,listener);this.nextCall.start(finalInterceptingListener)})}sendMetadata(metadata){
this.processingMetadata=!0,this.sentMetadata=!0,this.responder.sendMetadata(metadata,interceptedMetadata=>{this.processingMetadata=!1,this.nextCall.sendMetadata(
interceptedMetadata),this.processPendingMessage(),this.processPendingStatus()})}sendMessage(message,callback){this.processingMessage=!0,this.sentMetadata||this.
sendMetadata(new metadata_1.Metadata),this.responder.sendMessage(message,interceptedMessage=>{this.processingMessage=!1,this.processingMetadata?(this.pendingMessage=
interceptedMessage,this.pendingMessageCallback=callback):this.nextCall.sendMessage(interceptedMessage,callback)})}sendStatus(status){this.responder.sendStatus(status,
interceptedStatus=>{this.processingMetadata||this.processingMessage?this.pendingStatus=interceptedStatus:this.nextCall.sendStatus(interceptedStatus)})}startRead(){
this.nextCall.startRead()}getPeer(){return this.nextCall.getPeer()}getDeadline(){return this.nextCall.getDeadline()}getHost(){return this.nextCall.getHost()}getAuthContext(){
return this.nextCall.getAuthContext()}getConnectionInfo(){return this.nextCall.getConnectionInfo()}getMetricsRecorder(){return this.nextCall.getMetricsRecorder()}};
exports.ServerInterceptingCall=ServerInterceptingCall2;var GRPC_ACCEPT_ENCODING_HEADER="grpc-accept-encoding",GRPC_ENCODING_HEADER="grpc-encoding",GRPC_MESSAGE_HEADER="\
grpc-message",GRPC_STATUS_HEADER="grpc-status",GRPC_TIMEOUT_HEADER="grpc-timeout",DEADLINE_REGEX=/(\d{1,8})\s*([HMSmun])/,deadlineUnitsToMs={H:36e5,M:6e4,S:1e3,
m:1,u:.001,n:1e-6},defaultCompressionHeaders={[GRPC_ACCEPT_ENCODING_HEADER]:"identity,deflate,gzip",[GRPC_ENCODING_HEADER]:"identity"},defaultResponseHeaders={[http2.
constants.HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_OK,[http2.constants.HTTP2_HEADER_CONTENT_TYPE]:"application/grpc+proto"},defaultResponseOptions={waitForTrailers:!0},
BaseServerInterceptingCall=class{constructor(stream,headers,callEventTracker,handler,options){var _a,_b;this.stream=stream,this.callEventTracker=callEventTracker,
this.handler=handler,this.listener=null,this.deadlineTimer=null,this.deadline=1/0,this.maxSendMessageSize=constants_1.DEFAULT_MAX_SEND_MESSAGE_LENGTH,this.maxReceiveMessageSize=
constants_1.DEFAULT_MAX_RECEIVE_MESSAGE_LENGTH,this.cancelled=!1,this.metadataSent=!1,this.wantTrailers=!1,this.cancelNotified=!1,this.incomingEncoding="identit\
y",this.readQueue=[],this.isReadPending=!1,this.receivedHalfClose=!1,this.streamEnded=!1,this.metricsRecorder=new orca_1.PerRequestMetricRecorder,this.stream.once(
"close",()=>{var _a2;trace("Request to method "+((_a2=this.handler)===null||_a2===void 0?void 0:_a2.path)+" stream closed with rstCode "+this.stream.rstCode),this.
callEventTracker&&!this.streamEnded&&(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!1),this.callEventTracker.onCallEnd({code:constants_1.Status.CANCELLED,
details:"Stream closed before sending status",metadata:null})),this.notifyOnCancel()}),this.stream.on("data",data=>{this.handleDataFrame(data)}),this.stream.pause(),
this.stream.on("end",()=>{this.handleEndEvent()}),"grpc.max_send_message_length"in options&&(this.maxSendMessageSize=options["grpc.max_send_message_length"]),"g\
rpc.max_receive_message_length"in options&&(this.maxReceiveMessageSize=options["grpc.max_receive_message_length"]),this.host=(_a=headers[":authority"])!==null&&
_a!==void 0?_a:headers.host,this.decoder=new stream_decoder_1.StreamDecoder(this.maxReceiveMessageSize);let metadata=metadata_1.Metadata.fromHttp2Headers(headers);
logging.isTracerEnabled(TRACER_NAME)&&trace("Request to "+this.handler.path+" received headers "+JSON.stringify(metadata.toJSON()));let timeoutHeader=metadata.get(
GRPC_TIMEOUT_HEADER);timeoutHeader.length>0&&this.handleTimeoutHeader(timeoutHeader[0]);let encodingHeader=metadata.get(GRPC_ENCODING_HEADER);encodingHeader.length>
0&&(this.incomingEncoding=encodingHeader[0]),metadata.remove(GRPC_TIMEOUT_HEADER),metadata.remove(GRPC_ENCODING_HEADER),metadata.remove(GRPC_ACCEPT_ENCODING_HEADER),
metadata.remove(http2.constants.HTTP2_HEADER_ACCEPT_ENCODING),metadata.remove(http2.constants.HTTP2_HEADER_TE),metadata.remove(http2.constants.HTTP2_HEADER_CONTENT_TYPE),
this.metadata=metadata;let socket=(_b=stream.session)===null||_b===void 0?void 0:_b.socket;this.connectionInfo={localAddress:socket?.localAddress,localPort:socket?.
localPort,remoteAddress:socket?.remoteAddress,remotePort:socket?.remotePort},this.shouldSendMetrics=!!options["grpc.server_call_metric_recording"]}handleTimeoutHeader(timeoutHeader){
let match=timeoutHeader.toString().match(DEADLINE_REGEX);if(match===null){let status={code:constants_1.Status.INTERNAL,details:`Invalid ${GRPC_TIMEOUT_HEADER} v\
alue "${timeoutHeader}"`,metadata:null};process.nextTick(()=>{this.sendStatus(status)});return}let timeout=+match[1]*deadlineUnitsToMs[match[2]]|0;this.deadline=
Date.now()+timeout,this.deadlineTimer=setTimeout(()=>{let status={code:constants_1.Status.DEADLINE_EXCEEDED,details:"Deadline exceeded",metadata:null};this.sendStatus(
status)},timeout)}checkCancelled(){return!this.cancelled&&(this.stream.destroyed||this.stream.closed)&&(this.notifyOnCancel(),this.cancelled=!0),this.cancelled}notifyOnCancel(){
this.cancelNotified||(this.cancelNotified=!0,this.cancelled=!0,process.nextTick(()=>{var _a;(_a=this.listener)===null||_a===void 0||_a.onCancel()}),this.deadlineTimer&&
clearTimeout(this.deadlineTimer),this.stream.resume())}maybeSendMetadata(){this.metadataSent||this.sendMetadata(new metadata_1.Metadata)}serializeMessage(value){
let messageBuffer=this.handler.serialize(value),byteLength=messageBuffer.byteLength,output=Buffer.allocUnsafe(byteLength+5);return output.writeUInt8(0,0),output.
writeUInt32BE(byteLength,1),messageBuffer.copy(output,5),output}decompressMessage(message,encoding){let messageContents=message.subarray(5);if(encoding==="ident\
ity")return messageContents;if(encoding==="deflate"||encoding==="gzip"){let decompresser;return encoding==="deflate"?decompresser=zlib.createInflate():decompresser=
zlib.createGunzip(),new Promise((resolve2,reject)=>{let totalLength=0,messageParts=[];decompresser.on("error",error=>{reject({code:constants_1.Status.INTERNAL,details:"\
Failed to decompress message"})}),decompresser.on("data",chunk=>{messageParts.push(chunk),totalLength+=chunk.byteLength,this.maxReceiveMessageSize!==-1&&totalLength>
this.maxReceiveMessageSize&&(decompresser.destroy(),reject({code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Received message that decompresses to a size lar\
ger than ${this.maxReceiveMessageSize}`}))}),decompresser.on("end",()=>{resolve2(Buffer.concat(messageParts))}),decompresser.write(messageContents),decompresser.
end()})}else return Promise.reject({code:constants_1.Status.UNIMPLEMENTED,details:`Received message compressed with unsupported encoding "${encoding}"`})}async decompressAndMaybePush(queueEntry){
if(queueEntry.type!=="COMPRESSED")throw new Error(`Invalid queue entry type: ${queueEntry.type}`);let compressedMessageEncoding=queueEntry.compressedMessage.readUInt8(
0)===1?this.incomingEncoding:"identity",decompressedMessage;try{decompressedMessage=await this.decompressMessage(queueEntry.compressedMessage,compressedMessageEncoding)}catch(err){
this.sendStatus(err);return}try{queueEntry.parsedMessage=this.handler.deserialize(decompressedMessage)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?
details=`Error deserializing request: ${err.message}`:details="Error deserializing request",this.sendStatus({code:constants_1.Status.INTERNAL,details});return}queueEntry.
type="READABLE",this.maybePushNextMessage()}maybePushNextMessage(){if(this.listener&&this.isReadPending&&this.readQueue.length>0&&this.readQueue[0].type!=="COMP\
RESSED"){this.isReadPending=!1;let nextQueueEntry=this.readQueue.shift();nextQueueEntry.type==="READABLE"?this.listener.onReceiveMessage(nextQueueEntry.parsedMessage):
this.listener.onReceiveHalfClose()}}handleDataFrame(data){var _a;if(this.checkCancelled())return;trace("Request to "+this.handler.path+" received data frame of \
size "+data.length);let rawMessages;try{rawMessages=this.decoder.write(data)}catch(e){this.sendStatus({code:constants_1.Status.RESOURCE_EXHAUSTED,details:e.message});
return}for(let messageBytes of rawMessages){this.stream.pause();let queueEntry={type:"COMPRESSED",compressedMessage:messageBytes,parsedMessage:null};this.readQueue.
push(queueEntry),this.decompressAndMaybePush(queueEntry),(_a=this.callEventTracker)===null||_a===void 0||_a.addMessageReceived()}}handleEndEvent(){this.readQueue.
push({type:"HALF_CLOSE",compressedMessage:null,parsedMessage:null}),this.receivedHalfClose=!0,this.maybePushNextMessage()}start(listener){trace("Request to "+this.
handler.path+" start called"),!this.checkCancelled()&&(this.listener=listener,listener.onReceiveMetadata(this.metadata))}sendMetadata(metadata){if(this.checkCancelled()||
this.metadataSent)return;this.metadataSent=!0;let custom=metadata?metadata.toHttp2Headers():null,headers=Object.assign(Object.assign(Object.assign({},defaultResponseHeaders),
defaultCompressionHeaders),custom);this.stream.respond(headers,defaultResponseOptions)}sendMessage(message,callback){if(this.checkCancelled())return;let response;
try{response=this.serializeMessage(message)}catch(e){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Error serializing response: ${(0,error_1.
getErrorMessage)(e)}`:details="Error serializing response",this.sendStatus({code:constants_1.Status.INTERNAL,details,metadata:null});return}if(this.maxSendMessageSize!==
-1&&response.length-5>this.maxSendMessageSize){this.sendStatus({code:constants_1.Status.RESOURCE_EXHAUSTED,details:`Sent message larger than max (${response.length}\
 vs. ${this.maxSendMessageSize})`,metadata:null});return}this.maybeSendMetadata(),trace("Request to "+this.handler.path+" sent data frame of size "+response.length),
this.stream.write(response,error=>{var _a;if(error){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Error writing message: ${(0,error_1.getErrorMessage)(
error)}`:details="Internal server error",this.sendStatus({code:constants_1.Status.INTERNAL,details,metadata:null});return}(_a=this.callEventTracker)===null||_a===
void 0||_a.addMessageSent(),callback()})}sendStatus(status){var _a,_b,_c;if(this.checkCancelled())return;trace("Request to method "+((_a=this.handler)===null||_a===
void 0?void 0:_a.path)+" ended with status code: "+constants_1.Status[status.code]+" details: "+status.details);let statusMetadata=(_c=(_b=status.metadata)===null||
_b===void 0?void 0:_b.clone())!==null&&_c!==void 0?_c:new metadata_1.Metadata;if(this.shouldSendMetrics&&statusMetadata.set(orca_1.GRPC_METRICS_HEADER,this.metricsRecorder.
serialize()),this.metadataSent)this.wantTrailers?this.notifyOnCancel():(this.wantTrailers=!0,this.stream.once("wantTrailers",()=>{this.callEventTracker&&!this.streamEnded&&
(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!0),this.callEventTracker.onCallEnd(status));let trailersToSend=Object.assign({[GRPC_STATUS_HEADER]:status.
code,[GRPC_MESSAGE_HEADER]:encodeURI(status.details)},statusMetadata.toHttp2Headers());this.stream.sendTrailers(trailersToSend),this.notifyOnCancel()}),this.stream.
end());else{this.callEventTracker&&!this.streamEnded&&(this.streamEnded=!0,this.callEventTracker.onStreamEnd(!0),this.callEventTracker.onCallEnd(status));let trailersToSend=Object.
assign(Object.assign({[GRPC_STATUS_HEADER]:status.code,[GRPC_MESSAGE_HEADER]:encodeURI(status.details)},defaultResponseHeaders),statusMetadata.toHttp2Headers());
this.stream.respond(trailersToSend,{endStream:!0}),this.notifyOnCancel()}}startRead(){trace("Request to "+this.handler.path+" startRead called"),!this.checkCancelled()&&
(this.isReadPending=!0,this.readQueue.length===0?this.receivedHalfClose||this.stream.resume():this.maybePushNextMessage())}getPeer(){var _a;let socket=(_a=this.
stream.session)===null||_a===void 0?void 0:_a.socket;return socket?.remoteAddress?socket.remotePort?`${socket.remoteAddress}:${socket.remotePort}`:socket.remoteAddress:
"unknown"}getDeadline(){return this.deadline}getHost(){return this.host}getAuthContext(){var _a;if(!(((_a=this.stream.session)===null||_a===void 0?void 0:_a.socket)instanceof
tls_1.TLSSocket))return{};if(!this.stream.session.socket.authorized)return{};let peerCertificate=this.stream.session.socket.getPeerCertificate();return{transportSecurityType:"\
ssl",sslPeerCertificate:peerCertificate.raw?peerCertificate:void 0}}getConnectionInfo(){return this.connectionInfo}getMetricsRecorder(){return this.metricsRecorder}};
exports.BaseServerInterceptingCall=BaseServerInterceptingCall;function getServerInterceptingCall(interceptors,stream,headers,callEventTracker,handler,options){let methodDefinition={
path:handler.path,requestStream:handler.type==="clientStream"||handler.type==="bidi",responseStream:handler.type==="serverStream"||handler.type==="bidi",requestDeserialize:handler.
deserialize,responseSerialize:handler.serialize},baseCall=new BaseServerInterceptingCall(stream,headers,callEventTracker,handler,options);return interceptors.reduce(
(call2,interceptor)=>interceptor(methodDefinition,call2),baseCall)}}});var require_server=__commonJS({"node_modules/@grpc/grpc-js/build/src/server.js"(exports){"use strict";var __runInitializers=exports&&exports.__runInitializers||
function(thisArg,initializers,value){for(var useValue=arguments.length>2,i=0;i<initializers.length;i++)value=useValue?initializers[i].call(thisArg,value):initializers[i].
call(thisArg);return useValue?value:void 0},__esDecorate=exports&&exports.__esDecorate||function(ctor,descriptorIn,decorators,contextIn,initializers,extraInitializers){
function accept(f){if(f!==void 0&&typeof f!="function")throw new TypeError("Function expected");return f}for(var kind=contextIn.kind,key=kind==="getter"?"get":kind===
"setter"?"set":"value",target=!descriptorIn&&ctor?contextIn.static?ctor:ctor.prototype:null,descriptor=descriptorIn||(target?Object.getOwnPropertyDescriptor(target,
contextIn.name):{}),_,done=!1,i=decorators.length-1;i>=0;i--){var context={};for(var p in contextIn)context[p]=p==="access"?{}:contextIn[p];for(var p in contextIn.
access)context.access[p]=contextIn.access[p];context.addInitializer=function(f){if(done)throw new TypeError("Cannot add initializers after decoration has comple\
ted");extraInitializers.push(accept(f||null))};var result=(0,decorators[i])(kind==="accessor"?{get:descriptor.get,set:descriptor.set}:descriptor[key],context);if(kind===
"accessor"){if(result===void 0)continue;if(result===null||typeof result!="object")throw new TypeError("Object expected");(_=accept(result.get))&&(descriptor.get=
_),(_=accept(result.set))&&(descriptor.set=_),(_=accept(result.init))&&initializers.unshift(_)}else(_=accept(result))&&(kind==="field"?initializers.unshift(_):descriptor[key]=
_)}target&&Object.defineProperty(target,contextIn.name,descriptor),done=!0};Object.defineProperty(exports,"__esModule",{value:!0});exports.Server=void 0;var http2=__require("http2"),
util=__require("util"),constants_1=require_constants(),server_call_1=require_server_call(),server_credentials_1=require_server_credentials(),resolver_1=require_resolver(),
logging=require_logging(),subchannel_address_1=require_subchannel_address(),uri_parser_1=require_uri_parser(),channelz_1=require_channelz(),server_interceptors_1=require_server_interceptors(),
environment_1=require_environment(),UNLIMITED_CONNECTION_AGE_MS=~(1<<31),KEEPALIVE_MAX_TIME_MS=~(1<<31),KEEPALIVE_TIMEOUT_MS=2e4,MAX_CONNECTION_IDLE_MS=~(1<<31),
{HTTP2_HEADER_PATH}=http2.constants,TRACER_NAME="server",kMaxAge=Buffer.from("max_age");function serverCallTrace(text){logging.trace(constants_1.LogVerbosity.DEBUG,
"server_call",text)}function noop(){}function deprecate(message){return function(target,context){return util.deprecate(target,message)}}function getUnimplementedStatusResponse(methodName){
return{code:constants_1.Status.UNIMPLEMENTED,details:`The server does not implement the method ${methodName}`}}function getDefaultHandler(handlerType,methodName){
let unimplementedStatusResponse=getUnimplementedStatusResponse(methodName);switch(handlerType){case"unary":return(call2,callback)=>{callback(unimplementedStatusResponse,
null)};case"clientStream":return(call2,callback)=>{callback(unimplementedStatusResponse,null)};case"serverStream":return call2=>{call2.emit("error",unimplementedStatusResponse)};case"\
bidi":return call2=>{call2.emit("error",unimplementedStatusResponse)};default:throw new Error(`Invalid handlerType ${handlerType}`)}}var Server2=(()=>{var _a;let _instanceExtraInitializers=[],
_start_decorators;return _a=class{constructor(options){var _b,_c,_d,_e,_f,_g;this.boundPorts=(__runInitializers(this,_instanceExtraInitializers),new Map),this.http2Servers=
new Map,this.sessionIdleTimeouts=new Map,this.handlers=new Map,this.sessions=new Map,this.started=!1,this.shutdown=!1,this.serverAddressString="null",this.channelzEnabled=
!0,this.options=options??{},this.options["grpc.enable_channelz"]===0?(this.channelzEnabled=!1,this.channelzTrace=new channelz_1.ChannelzTraceStub,this.callTracker=
new channelz_1.ChannelzCallTrackerStub,this.listenerChildrenTracker=new channelz_1.ChannelzChildrenTrackerStub,this.sessionChildrenTracker=new channelz_1.ChannelzChildrenTrackerStub):
(this.channelzTrace=new channelz_1.ChannelzTrace,this.callTracker=new channelz_1.ChannelzCallTracker,this.listenerChildrenTracker=new channelz_1.ChannelzChildrenTracker,
this.sessionChildrenTracker=new channelz_1.ChannelzChildrenTracker),this.channelzRef=(0,channelz_1.registerChannelzServer)("server",()=>this.getChannelzInfo(),this.
channelzEnabled),this.channelzTrace.addTrace("CT_INFO","Server created"),this.maxConnectionAgeMs=(_b=this.options["grpc.max_connection_age_ms"])!==null&&_b!==void 0?
_b:UNLIMITED_CONNECTION_AGE_MS,this.maxConnectionAgeGraceMs=(_c=this.options["grpc.max_connection_age_grace_ms"])!==null&&_c!==void 0?_c:UNLIMITED_CONNECTION_AGE_MS,
this.keepaliveTimeMs=(_d=this.options["grpc.keepalive_time_ms"])!==null&&_d!==void 0?_d:KEEPALIVE_MAX_TIME_MS,this.keepaliveTimeoutMs=(_e=this.options["grpc.kee\
palive_timeout_ms"])!==null&&_e!==void 0?_e:KEEPALIVE_TIMEOUT_MS,this.sessionIdleTimeout=(_f=this.options["grpc.max_connection_idle_ms"])!==null&&_f!==void 0?_f:
MAX_CONNECTION_IDLE_MS,this.commonServerOptions={maxSendHeaderBlockLength:Number.MAX_SAFE_INTEGER},"grpc-node.max_session_memory"in this.options?this.commonServerOptions.
maxSessionMemory=this.options["grpc-node.max_session_memory"]:this.commonServerOptions.maxSessionMemory=Number.MAX_SAFE_INTEGER,"grpc.max_concurrent_streams"in this.
options&&(this.commonServerOptions.settings={maxConcurrentStreams:this.options["grpc.max_concurrent_streams"]}),this.interceptors=(_g=this.options.interceptors)!==
null&&_g!==void 0?_g:[],this.trace("Server constructed")}getChannelzInfo(){return{trace:this.channelzTrace,callTracker:this.callTracker,listenerChildren:this.listenerChildrenTracker.
getChildLists(),sessionChildren:this.sessionChildrenTracker.getChildLists()}}getChannelzSessionInfo(session){var _b,_c,_d;let sessionInfo=this.sessions.get(session),
sessionSocket=session.socket,remoteAddress=sessionSocket.remoteAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.remoteAddress,sessionSocket.
remotePort):null,localAddress=sessionSocket.localAddress?(0,subchannel_address_1.stringToSubchannelAddress)(sessionSocket.localAddress,sessionSocket.localPort):
null,tlsInfo;if(session.encrypted){let tlsSocket=sessionSocket,cipherInfo=tlsSocket.getCipher(),certificate=tlsSocket.getCertificate(),peerCertificate=tlsSocket.
getPeerCertificate();tlsInfo={cipherSuiteStandardName:(_b=cipherInfo.standardName)!==null&&_b!==void 0?_b:null,cipherSuiteOtherName:cipherInfo.standardName?null:
cipherInfo.name,localCertificate:certificate&&"raw"in certificate?certificate.raw:null,remoteCertificate:peerCertificate&&"raw"in peerCertificate?peerCertificate.
raw:null}}else tlsInfo=null;return{remoteAddress,localAddress,security:tlsInfo,remoteName:null,streamsStarted:sessionInfo.streamTracker.callsStarted,streamsSucceeded:sessionInfo.
streamTracker.callsSucceeded,streamsFailed:sessionInfo.streamTracker.callsFailed,messagesSent:sessionInfo.messagesSent,messagesReceived:sessionInfo.messagesReceived,
keepAlivesSent:sessionInfo.keepAlivesSent,lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:sessionInfo.streamTracker.lastCallStartedTimestamp,
lastMessageSentTimestamp:sessionInfo.lastMessageSentTimestamp,lastMessageReceivedTimestamp:sessionInfo.lastMessageReceivedTimestamp,localFlowControlWindow:(_c=session.
state.localWindowSize)!==null&&_c!==void 0?_c:null,remoteFlowControlWindow:(_d=session.state.remoteWindowSize)!==null&&_d!==void 0?_d:null}}trace(text){logging.
trace(constants_1.LogVerbosity.DEBUG,TRACER_NAME,"("+this.channelzRef.id+") "+text)}keepaliveTrace(text){logging.trace(constants_1.LogVerbosity.DEBUG,"keepalive",
"("+this.channelzRef.id+") "+text)}addProtoService(){throw new Error("Not implemented. Use addService() instead")}addService(service,implementation){if(service===
null||typeof service!="object"||implementation===null||typeof implementation!="object")throw new Error("addService() requires two objects as arguments");let serviceKeys=Object.
keys(service);if(serviceKeys.length===0)throw new Error("Cannot add an empty service to a server");serviceKeys.forEach(name2=>{let attrs=service[name2],methodType;
attrs.requestStream?attrs.responseStream?methodType="bidi":methodType="clientStream":attrs.responseStream?methodType="serverStream":methodType="unary";let implFn=implementation[name2],
impl;if(implFn===void 0&&typeof attrs.originalName=="string"&&(implFn=implementation[attrs.originalName]),implFn!==void 0?impl=implFn.bind(implementation):impl=
getDefaultHandler(methodType,name2),this.register(attrs.path,impl,attrs.responseSerialize,attrs.requestDeserialize,methodType)===!1)throw new Error(`Method hand\
ler for ${attrs.path} already provided.`)})}removeService(service){if(service===null||typeof service!="object")throw new Error("removeService() requires object \
as argument");Object.keys(service).forEach(name2=>{let attrs=service[name2];this.unregister(attrs.path)})}bind(port,creds){throw new Error("Not implemented. Use\
 bindAsync() instead")}experimentalRegisterListenerToChannelz(boundAddress){return(0,channelz_1.registerChannelzSocket)((0,subchannel_address_1.subchannelAddressToString)(
boundAddress),()=>({localAddress:boundAddress,remoteAddress:null,security:null,remoteName:null,streamsStarted:0,streamsSucceeded:0,streamsFailed:0,messagesSent:0,
messagesReceived:0,keepAlivesSent:0,lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null,
localFlowControlWindow:null,remoteFlowControlWindow:null}),this.channelzEnabled)}experimentalUnregisterListenerFromChannelz(channelzRef){(0,channelz_1.unregisterChannelzRef)(
channelzRef)}createHttp2Server(credentials2){let http2Server;if(credentials2._isSecure()){let constructorOptions=credentials2._getConstructorOptions(),contextOptions=credentials2.
_getSecureContextOptions(),secureServerOptions=Object.assign(Object.assign(Object.assign(Object.assign({},this.commonServerOptions),constructorOptions),contextOptions),
{enableTrace:this.options["grpc-node.tls_enable_trace"]===1}),areCredentialsValid=contextOptions!==null;this.trace("Initial credentials valid: "+areCredentialsValid),
http2Server=http2.createSecureServer(secureServerOptions),http2Server.prependListener("connection",socket=>{areCredentialsValid||(this.trace("Dropped connection\
 from "+JSON.stringify(socket.address())+" due to unloaded credentials"),socket.destroy())}),http2Server.on("secureConnection",socket=>{socket.on("error",e=>{this.
trace("An incoming TLS connection closed with error: "+e.message)})});let credsWatcher=options=>{if(options){let secureServer=http2Server;try{secureServer.setSecureContext(
options)}catch(e){logging.log(constants_1.LogVerbosity.ERROR,"Failed to set secure context with error "+e.message),options=null}}areCredentialsValid=options!==null,
this.trace("Post-update credentials valid: "+areCredentialsValid)};credentials2._addWatcher(credsWatcher),http2Server.on("close",()=>{credentials2._removeWatcher(
credsWatcher)})}else http2Server=http2.createServer(this.commonServerOptions);return http2Server.setTimeout(0,noop),this._setupHandlers(http2Server,credentials2.
_getInterceptors()),http2Server}bindOneAddress(address,boundPortObject){this.trace("Attempting to bind "+(0,subchannel_address_1.subchannelAddressToString)(address));
let http2Server=this.createHttp2Server(boundPortObject.credentials);return new Promise((resolve2,reject)=>{let onError=err=>{this.trace("Failed to bind "+(0,subchannel_address_1.
subchannelAddressToString)(address)+" with error "+err.message),resolve2({port:"port"in address?address.port:1,error:err.message})};http2Server.once("error",onError),
http2Server.listen(address,()=>{let boundAddress=http2Server.address(),boundSubchannelAddress;typeof boundAddress=="string"?boundSubchannelAddress={path:boundAddress}:
boundSubchannelAddress={host:boundAddress.address,port:boundAddress.port};let channelzRef=this.experimentalRegisterListenerToChannelz(boundSubchannelAddress);this.
listenerChildrenTracker.refChild(channelzRef),this.http2Servers.set(http2Server,{channelzRef,sessions:new Set,ownsChannelzRef:!0}),boundPortObject.listeningServers.
add(http2Server),this.trace("Successfully bound "+(0,subchannel_address_1.subchannelAddressToString)(boundSubchannelAddress)),resolve2({port:"port"in boundSubchannelAddress?
boundSubchannelAddress.port:1}),http2Server.removeListener("error",onError)})})}async bindManyPorts(addressList,boundPortObject){if(addressList.length===0)return{
count:0,port:0,errors:[]};if((0,subchannel_address_1.isTcpSubchannelAddress)(addressList[0])&&addressList[0].port===0){let firstAddressResult=await this.bindOneAddress(
addressList[0],boundPortObject);if(firstAddressResult.error){let restAddressResult=await this.bindManyPorts(addressList.slice(1),boundPortObject);return Object.
assign(Object.assign({},restAddressResult),{errors:[firstAddressResult.error,...restAddressResult.errors]})}else{let restAddresses=addressList.slice(1).map(address=>(0,subchannel_address_1.
isTcpSubchannelAddress)(address)?{host:address.host,port:firstAddressResult.port}:address),restAddressResult=await Promise.all(restAddresses.map(address=>this.bindOneAddress(
address,boundPortObject))),allResults=[firstAddressResult,...restAddressResult];return{count:allResults.filter(result=>result.error===void 0).length,port:firstAddressResult.
port,errors:allResults.filter(result=>result.error).map(result=>result.error)}}}else{let allResults=await Promise.all(addressList.map(address=>this.bindOneAddress(
address,boundPortObject)));return{count:allResults.filter(result=>result.error===void 0).length,port:allResults[0].port,errors:allResults.filter(result=>result.
error).map(result=>result.error)}}}async bindAddressList(addressList,boundPortObject){let bindResult=await this.bindManyPorts(addressList,boundPortObject);if(bindResult.
count>0)return bindResult.count<addressList.length&&logging.log(constants_1.LogVerbosity.INFO,`WARNING Only ${bindResult.count} addresses added out of total ${addressList.
length} resolved`),bindResult.port;{let errorString=`No address added out of total ${addressList.length} resolved`;throw logging.log(constants_1.LogVerbosity.ERROR,
errorString),new Error(`${errorString} errors: [${bindResult.errors.join(",")}]`)}}resolvePort(port){return new Promise((resolve2,reject)=>{let seenResolution=!1,
resolverListener=(endpointList,attributes,serviceConfig,resolutionNote)=>{if(seenResolution)return!0;if(seenResolution=!0,!endpointList.ok)return reject(new Error(
endpointList.error.details)),!0;let addressList=[].concat(...endpointList.value.map(endpoint=>endpoint.addresses));return addressList.length===0?(reject(new Error(
`No addresses resolved for port ${port}`)),!0):(resolve2(addressList),!0)};(0,resolver_1.createResolver)(port,resolverListener,this.options).updateResolution()})}async bindPort(port,boundPortObject){
let addressList=await this.resolvePort(port);if(boundPortObject.cancelled)throw this.completeUnbind(boundPortObject),new Error("bindAsync operation cancelled by\
 unbind call");let portNumber=await this.bindAddressList(addressList,boundPortObject);if(boundPortObject.cancelled)throw this.completeUnbind(boundPortObject),new Error(
"bindAsync operation cancelled by unbind call");return portNumber}normalizePort(port){let initialPortUri=(0,uri_parser_1.parseUri)(port);if(initialPortUri===null)
throw new Error(`Could not parse port "${port}"`);let portUri=(0,resolver_1.mapUriDefaultScheme)(initialPortUri);if(portUri===null)throw new Error(`Could not ge\
t a default scheme for port "${port}"`);return portUri}bindAsync(port,creds,callback){if(this.shutdown)throw new Error("bindAsync called after shutdown");if(typeof port!=
"string")throw new TypeError("port must be a string");if(creds===null||!(creds instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds mus\
t be a ServerCredentials object");if(typeof callback!="function")throw new TypeError("callback must be a function");this.trace("bindAsync port="+port);let portUri=this.
normalizePort(port),deferredCallback=(error,port2)=>{process.nextTick(()=>callback(error,port2))},boundPortObject=this.boundPorts.get((0,uri_parser_1.uriToString)(
portUri));if(boundPortObject){if(!creds._equals(boundPortObject.credentials)){deferredCallback(new Error(`${port} already bound with incompatible credentials`),
0);return}boundPortObject.cancelled=!1,boundPortObject.completionPromise?boundPortObject.completionPromise.then(portNum=>callback(null,portNum),error=>callback(
error,0)):deferredCallback(null,boundPortObject.portNumber);return}boundPortObject={mapKey:(0,uri_parser_1.uriToString)(portUri),originalUri:portUri,completionPromise:null,
cancelled:!1,portNumber:0,credentials:creds,listeningServers:new Set};let splitPort=(0,uri_parser_1.splitHostPort)(portUri.path),completionPromise=this.bindPort(
portUri,boundPortObject);boundPortObject.completionPromise=completionPromise,splitPort?.port===0?completionPromise.then(portNum=>{let finalUri={scheme:portUri.scheme,
authority:portUri.authority,path:(0,uri_parser_1.combineHostPort)({host:splitPort.host,port:portNum})};boundPortObject.mapKey=(0,uri_parser_1.uriToString)(finalUri),
boundPortObject.completionPromise=null,boundPortObject.portNumber=portNum,this.boundPorts.set(boundPortObject.mapKey,boundPortObject),callback(null,portNum)},error=>{
callback(error,0)}):(this.boundPorts.set(boundPortObject.mapKey,boundPortObject),completionPromise.then(portNum=>{boundPortObject.completionPromise=null,boundPortObject.
portNumber=portNum,callback(null,portNum)},error=>{callback(error,0)}))}registerInjectorToChannelz(){return(0,channelz_1.registerChannelzSocket)("injector",()=>({
localAddress:null,remoteAddress:null,security:null,remoteName:null,streamsStarted:0,streamsSucceeded:0,streamsFailed:0,messagesSent:0,messagesReceived:0,keepAlivesSent:0,
lastLocalStreamCreatedTimestamp:null,lastRemoteStreamCreatedTimestamp:null,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null,localFlowControlWindow:null,
remoteFlowControlWindow:null}),this.channelzEnabled)}experimentalCreateConnectionInjectorWithChannelzRef(credentials2,channelzRef,ownsChannelzRef=!1){if(credentials2===
null||!(credentials2 instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds must be a ServerCredentials object");this.channelzEnabled&&this.
listenerChildrenTracker.refChild(channelzRef);let server=this.createHttp2Server(credentials2),sessionsSet=new Set;return this.http2Servers.set(server,{channelzRef,
sessions:sessionsSet,ownsChannelzRef}),{injectConnection:connection=>{server.emit("connection",connection)},drain:graceTimeMs=>{var _b,_c;for(let session of sessionsSet)
this.closeSession(session);(_c=(_b=setTimeout(()=>{for(let session of sessionsSet)session.destroy(http2.constants.NGHTTP2_CANCEL)},graceTimeMs)).unref)===null||
_c===void 0||_c.call(_b)},destroy:()=>{this.closeServer(server);for(let session of sessionsSet)this.closeSession(session)}}}createConnectionInjector(credentials2){
if(credentials2===null||!(credentials2 instanceof server_credentials_1.ServerCredentials))throw new TypeError("creds must be a ServerCredentials object");let channelzRef=this.
registerInjectorToChannelz();return this.experimentalCreateConnectionInjectorWithChannelzRef(credentials2,channelzRef,!0)}closeServer(server,callback){this.trace(
"Closing server with address "+JSON.stringify(server.address()));let serverInfo=this.http2Servers.get(server);server.close(()=>{serverInfo&&serverInfo.ownsChannelzRef&&
(this.listenerChildrenTracker.unrefChild(serverInfo.channelzRef),(0,channelz_1.unregisterChannelzRef)(serverInfo.channelzRef)),this.http2Servers.delete(server),
callback?.()})}closeSession(session,callback){var _b;this.trace("Closing session initiated by "+((_b=session.socket)===null||_b===void 0?void 0:_b.remoteAddress));
let sessionInfo=this.sessions.get(session),closeCallback=()=>{sessionInfo&&(this.sessionChildrenTracker.unrefChild(sessionInfo.ref),(0,channelz_1.unregisterChannelzRef)(
sessionInfo.ref)),callback?.()};session.closed?queueMicrotask(closeCallback):session.close(closeCallback)}completeUnbind(boundPortObject){for(let server of boundPortObject.
listeningServers){let serverInfo=this.http2Servers.get(server);if(this.closeServer(server,()=>{boundPortObject.listeningServers.delete(server)}),serverInfo)for(let session of serverInfo.
sessions)this.closeSession(session)}this.boundPorts.delete(boundPortObject.mapKey)}unbind(port){this.trace("unbind port="+port);let portUri=this.normalizePort(port),
splitPort=(0,uri_parser_1.splitHostPort)(portUri.path);if(splitPort?.port===0)throw new Error("Cannot unbind port 0");let boundPortObject=this.boundPorts.get((0,uri_parser_1.
uriToString)(portUri));boundPortObject&&(this.trace("unbinding "+boundPortObject.mapKey+" originally bound as "+(0,uri_parser_1.uriToString)(boundPortObject.originalUri)),
boundPortObject.completionPromise?boundPortObject.cancelled=!0:this.completeUnbind(boundPortObject))}drain(port,graceTimeMs){var _b,_c;this.trace("drain port="+
port+" graceTimeMs="+graceTimeMs);let portUri=this.normalizePort(port),splitPort=(0,uri_parser_1.splitHostPort)(portUri.path);if(splitPort?.port===0)throw new Error(
"Cannot drain port 0");let boundPortObject=this.boundPorts.get((0,uri_parser_1.uriToString)(portUri));if(!boundPortObject)return;let allSessions=new Set;for(let http2Server of boundPortObject.
listeningServers){let serverEntry=this.http2Servers.get(http2Server);if(serverEntry)for(let session of serverEntry.sessions)allSessions.add(session),this.closeSession(
session,()=>{allSessions.delete(session)})}(_c=(_b=setTimeout(()=>{for(let session of allSessions)session.destroy(http2.constants.NGHTTP2_CANCEL)},graceTimeMs)).
unref)===null||_c===void 0||_c.call(_b)}forceShutdown(){for(let boundPortObject of this.boundPorts.values())boundPortObject.cancelled=!0;this.boundPorts.clear();
for(let server of this.http2Servers.keys())this.closeServer(server);this.sessions.forEach((channelzInfo,session)=>{this.closeSession(session),session.destroy(http2.
constants.NGHTTP2_CANCEL)}),this.sessions.clear(),(0,channelz_1.unregisterChannelzRef)(this.channelzRef),this.shutdown=!0}register(name2,handler,serialize,deserialize,type){
return this.handlers.has(name2)?!1:(this.handlers.set(name2,{func:handler,serialize,deserialize,type,path:name2}),!0)}unregister(name2){return this.handlers.delete(
name2)}start(){if(this.http2Servers.size===0||[...this.http2Servers.keys()].every(server=>!server.listening))throw new Error("server must be bound in order to s\
tart");if(this.started===!0)throw new Error("server is already started");this.started=!0}tryShutdown(callback){var _b;let wrappedCallback=error=>{(0,channelz_1.
unregisterChannelzRef)(this.channelzRef),callback(error)},pendingChecks=0;function maybeCallback(){pendingChecks--,pendingChecks===0&&wrappedCallback()}this.shutdown=
!0;for(let[serverKey,server]of this.http2Servers.entries()){pendingChecks++;let serverString=server.channelzRef.name;this.trace("Waiting for server "+serverString+
" to close"),this.closeServer(serverKey,()=>{this.trace("Server "+serverString+" finished closing"),maybeCallback()});for(let session of server.sessions.keys()){
pendingChecks++;let sessionString=(_b=session.socket)===null||_b===void 0?void 0:_b.remoteAddress;this.trace("Waiting for session "+sessionString+" to close"),this.
closeSession(session,()=>{this.trace("Session "+sessionString+" finished closing"),maybeCallback()})}}pendingChecks===0&&wrappedCallback()}addHttp2Port(){throw new Error(
"Not yet implemented")}getChannelzRef(){return this.channelzRef}_verifyContentType(stream,headers){let contentType=headers[http2.constants.HTTP2_HEADER_CONTENT_TYPE];
return typeof contentType!="string"||!contentType.startsWith("application/grpc")?(stream.respond({[http2.constants.HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_UNSUPPORTED_MEDIA_TYPE},
{endStream:!0}),!1):!0}_retrieveHandler(path){serverCallTrace("Received call to method "+path+" at address "+this.serverAddressString);let handler=this.handlers.
get(path);return handler===void 0?(serverCallTrace("No handler registered for method "+path+". Sending UNIMPLEMENTED status."),null):handler}_respondWithError(err,stream,channelzSessionInfo=null){
var _b,_c;let trailersToSend=Object.assign({"grpc-status":(_b=err.code)!==null&&_b!==void 0?_b:constants_1.Status.INTERNAL,"grpc-message":err.details,[http2.constants.
HTTP2_HEADER_STATUS]:http2.constants.HTTP_STATUS_OK,[http2.constants.HTTP2_HEADER_CONTENT_TYPE]:"application/grpc+proto"},(_c=err.metadata)===null||_c===void 0?
void 0:_c.toHttp2Headers());stream.respond(trailersToSend,{endStream:!0}),this.callTracker.addCallFailed(),channelzSessionInfo?.streamTracker.addCallFailed()}_channelzHandler(extraInterceptors,stream,headers){
stream.once("error",err=>{}),this.onStreamOpened(stream);let channelzSessionInfo=this.sessions.get(stream.session);if(this.callTracker.addCallStarted(),channelzSessionInfo?.
streamTracker.addCallStarted(),!this._verifyContentType(stream,headers)){this.callTracker.addCallFailed(),channelzSessionInfo?.streamTracker.addCallFailed();return}
let path=headers[HTTP2_HEADER_PATH],handler=this._retrieveHandler(path);if(!handler){this._respondWithError(getUnimplementedStatusResponse(path),stream,channelzSessionInfo);
return}let callEventTracker={addMessageSent:()=>{channelzSessionInfo&&(channelzSessionInfo.messagesSent+=1,channelzSessionInfo.lastMessageSentTimestamp=Date.now())},
addMessageReceived:()=>{channelzSessionInfo&&(channelzSessionInfo.messagesReceived+=1,channelzSessionInfo.lastMessageReceivedTimestamp=Date.now())},onCallEnd:status=>{
status.code===constants_1.Status.OK?this.callTracker.addCallSucceeded():this.callTracker.addCallFailed()},onStreamEnd:success=>{channelzSessionInfo&&(success?channelzSessionInfo.
streamTracker.addCallSucceeded():channelzSessionInfo.streamTracker.addCallFailed())}},call2=(0,server_interceptors_1.getServerInterceptingCall)([...extraInterceptors,
...this.interceptors],stream,headers,callEventTracker,handler,this.options);this._runHandlerForCall(call2,handler)||(this.callTracker.addCallFailed(),channelzSessionInfo?.
streamTracker.addCallFailed(),call2.sendStatus({code:constants_1.Status.INTERNAL,details:`Unknown handler type: ${handler.type}`}))}_streamHandler(extraInterceptors,stream,headers){
if(stream.once("error",err=>{}),this.onStreamOpened(stream),this._verifyContentType(stream,headers)!==!0)return;let path=headers[HTTP2_HEADER_PATH],handler=this.
_retrieveHandler(path);if(!handler){this._respondWithError(getUnimplementedStatusResponse(path),stream,null);return}let call2=(0,server_interceptors_1.getServerInterceptingCall)(
[...extraInterceptors,...this.interceptors],stream,headers,null,handler,this.options);this._runHandlerForCall(call2,handler)||call2.sendStatus({code:constants_1.
Status.INTERNAL,details:`Unknown handler type: ${handler.type}`})}_runHandlerForCall(call2,handler){let{type}=handler;if(type==="unary")handleUnary(call2,handler);else if(type===
"clientStream")handleClientStreaming(call2,handler);else if(type==="serverStream")handleServerStreaming(call2,handler);else if(type==="bidi")handleBidiStreaming(
call2,handler);else return!1;return!0}_setupHandlers(http2Server,extraInterceptors){if(http2Server===null)return;let serverAddress=http2Server.address(),serverAddressString="\
null";serverAddress&&(typeof serverAddress=="string"?serverAddressString=serverAddress:serverAddressString=serverAddress.address+":"+serverAddress.port),this.serverAddressString=
serverAddressString;let handler=this.channelzEnabled?this._channelzHandler:this._streamHandler,sessionHandler=this.channelzEnabled?this._channelzSessionHandler(
http2Server):this._sessionHandler(http2Server);http2Server.on("stream",handler.bind(this,extraInterceptors)),http2Server.on("session",sessionHandler)}_sessionHandler(http2Server){
return session=>{var _b,_c;(_b=this.http2Servers.get(http2Server))===null||_b===void 0||_b.sessions.add(session);let connectionAgeTimer=null,connectionAgeGraceTimer=null,
keepaliveTimer=null,sessionClosedByServer=!1,idleTimeoutObj=this.enableIdleTimeout(session);if(this.maxConnectionAgeMs!==UNLIMITED_CONNECTION_AGE_MS){let jitterMagnitude=this.
maxConnectionAgeMs/10,jitter=Math.random()*jitterMagnitude*2-jitterMagnitude;connectionAgeTimer=setTimeout(()=>{var _b2,_c2;sessionClosedByServer=!0,this.trace(
"Connection dropped by max connection age: "+((_b2=session.socket)===null||_b2===void 0?void 0:_b2.remoteAddress));try{session.goaway(http2.constants.NGHTTP2_NO_ERROR,
~(1<<31),kMaxAge)}catch{session.destroy();return}session.close(),this.maxConnectionAgeGraceMs!==UNLIMITED_CONNECTION_AGE_MS&&(connectionAgeGraceTimer=setTimeout(
()=>{session.destroy()},this.maxConnectionAgeGraceMs),(_c2=connectionAgeGraceTimer.unref)===null||_c2===void 0||_c2.call(connectionAgeGraceTimer))},this.maxConnectionAgeMs+
jitter),(_c=connectionAgeTimer.unref)===null||_c===void 0||_c.call(connectionAgeTimer)}let clearKeepaliveTimeout=()=>{keepaliveTimer&&(clearTimeout(keepaliveTimer),
keepaliveTimer=null)},canSendPing=()=>!session.destroyed&&this.keepaliveTimeMs<KEEPALIVE_MAX_TIME_MS&&this.keepaliveTimeMs>0,sendPing,maybeStartKeepalivePingTimer=()=>{
var _b2;canSendPing()&&(this.keepaliveTrace("Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),keepaliveTimer=setTimeout(()=>{clearKeepaliveTimeout(),sendPing()},
this.keepaliveTimeMs),(_b2=keepaliveTimer.unref)===null||_b2===void 0||_b2.call(keepaliveTimer))};sendPing=()=>{var _b2;if(!canSendPing())return;this.keepaliveTrace(
"Sending ping with timeout "+this.keepaliveTimeoutMs+"ms");let pingSendError="";try{session.ping((err,duration,payload)=>{clearKeepaliveTimeout(),err?(this.keepaliveTrace(
"Ping failed with error: "+err.message),sessionClosedByServer=!0,session.destroy()):(this.keepaliveTrace("Received ping response"),maybeStartKeepalivePingTimer())})||
(pingSendError="Ping returned false")}catch(e){pingSendError=(e instanceof Error?e.message:"")||"Unknown error"}if(pingSendError){this.keepaliveTrace("Ping send\
 failed: "+pingSendError),this.trace("Connection dropped due to ping send error: "+pingSendError),sessionClosedByServer=!0,session.destroy();return}keepaliveTimer=
setTimeout(()=>{clearKeepaliveTimeout(),this.keepaliveTrace("Ping timeout passed without response"),this.trace("Connection dropped by keepalive timeout"),sessionClosedByServer=
!0,session.destroy()},this.keepaliveTimeoutMs),(_b2=keepaliveTimer.unref)===null||_b2===void 0||_b2.call(keepaliveTimer)},maybeStartKeepalivePingTimer(),session.
on("close",()=>{var _b2,_c2;sessionClosedByServer||this.trace(`Connection dropped by client ${(_b2=session.socket)===null||_b2===void 0?void 0:_b2.remoteAddress}`),
connectionAgeTimer&&clearTimeout(connectionAgeTimer),connectionAgeGraceTimer&&clearTimeout(connectionAgeGraceTimer),clearKeepaliveTimeout(),idleTimeoutObj!==null&&
(clearTimeout(idleTimeoutObj.timeout),this.sessionIdleTimeouts.delete(session)),(_c2=this.http2Servers.get(http2Server))===null||_c2===void 0||_c2.sessions.delete(
session)})}}_channelzSessionHandler(http2Server){return session=>{var _b,_c,_d,_e;let channelzRef=(0,channelz_1.registerChannelzSocket)((_c=(_b=session.socket)===
null||_b===void 0?void 0:_b.remoteAddress)!==null&&_c!==void 0?_c:"unknown",this.getChannelzSessionInfo.bind(this,session),this.channelzEnabled),channelzSessionInfo={
ref:channelzRef,streamTracker:new channelz_1.ChannelzCallTracker,messagesSent:0,messagesReceived:0,keepAlivesSent:0,lastMessageSentTimestamp:null,lastMessageReceivedTimestamp:null};
(_d=this.http2Servers.get(http2Server))===null||_d===void 0||_d.sessions.add(session),this.sessions.set(session,channelzSessionInfo);let clientAddress=`${session.
socket.remoteAddress}:${session.socket.remotePort}`;this.channelzTrace.addTrace("CT_INFO","Connection established by client "+clientAddress),this.trace("Connect\
ion established by client "+clientAddress),this.sessionChildrenTracker.refChild(channelzRef);let connectionAgeTimer=null,connectionAgeGraceTimer=null,keepaliveTimeout=null,
sessionClosedByServer=!1,idleTimeoutObj=this.enableIdleTimeout(session);if(this.maxConnectionAgeMs!==UNLIMITED_CONNECTION_AGE_MS){let jitterMagnitude=this.maxConnectionAgeMs/
10,jitter=Math.random()*jitterMagnitude*2-jitterMagnitude;connectionAgeTimer=setTimeout(()=>{var _b2;sessionClosedByServer=!0,this.channelzTrace.addTrace("CT_IN\
FO","Connection dropped by max connection age from "+clientAddress);try{session.goaway(http2.constants.NGHTTP2_NO_ERROR,~(1<<31),kMaxAge)}catch{session.destroy();
return}session.close(),this.maxConnectionAgeGraceMs!==UNLIMITED_CONNECTION_AGE_MS&&(connectionAgeGraceTimer=setTimeout(()=>{session.destroy()},this.maxConnectionAgeGraceMs),
(_b2=connectionAgeGraceTimer.unref)===null||_b2===void 0||_b2.call(connectionAgeGraceTimer))},this.maxConnectionAgeMs+jitter),(_e=connectionAgeTimer.unref)===null||
_e===void 0||_e.call(connectionAgeTimer)}let clearKeepaliveTimeout=()=>{keepaliveTimeout&&(clearTimeout(keepaliveTimeout),keepaliveTimeout=null)},canSendPing=()=>!session.
destroyed&&this.keepaliveTimeMs<KEEPALIVE_MAX_TIME_MS&&this.keepaliveTimeMs>0,sendPing,maybeStartKeepalivePingTimer=()=>{var _b2;canSendPing()&&(this.keepaliveTrace(
"Starting keepalive timer for "+this.keepaliveTimeMs+"ms"),keepaliveTimeout=setTimeout(()=>{clearKeepaliveTimeout(),sendPing()},this.keepaliveTimeMs),(_b2=keepaliveTimeout.
unref)===null||_b2===void 0||_b2.call(keepaliveTimeout))};sendPing=()=>{var _b2;if(!canSendPing())return;this.keepaliveTrace("Sending ping with timeout "+this.keepaliveTimeoutMs+
"ms");let pingSendError="";try{session.ping((err,duration,payload)=>{clearKeepaliveTimeout(),err?(this.keepaliveTrace("Ping failed with error: "+err.message),this.
channelzTrace.addTrace("CT_INFO","Connection dropped due to error of a ping frame "+err.message+" return in "+duration),sessionClosedByServer=!0,session.destroy()):
(this.keepaliveTrace("Received ping response"),maybeStartKeepalivePingTimer())})||(pingSendError="Ping returned false")}catch(e){pingSendError=(e instanceof Error?
e.message:"")||"Unknown error"}if(pingSendError){this.keepaliveTrace("Ping send failed: "+pingSendError),this.channelzTrace.addTrace("CT_INFO","Connection dropp\
ed due to ping send error: "+pingSendError),sessionClosedByServer=!0,session.destroy();return}channelzSessionInfo.keepAlivesSent+=1,keepaliveTimeout=setTimeout(
()=>{clearKeepaliveTimeout(),this.keepaliveTrace("Ping timeout passed without response"),this.channelzTrace.addTrace("CT_INFO","Connection dropped by keepalive \
timeout from "+clientAddress),sessionClosedByServer=!0,session.destroy()},this.keepaliveTimeoutMs),(_b2=keepaliveTimeout.unref)===null||_b2===void 0||_b2.call(keepaliveTimeout)},
maybeStartKeepalivePingTimer(),session.on("close",()=>{var _b2;sessionClosedByServer||this.channelzTrace.addTrace("CT_INFO","Connection dropped by client "+clientAddress),
this.sessionChildrenTracker.unrefChild(channelzRef),(0,channelz_1.unregisterChannelzRef)(channelzRef),connectionAgeTimer&&clearTimeout(connectionAgeTimer),connectionAgeGraceTimer&&
clearTimeout(connectionAgeGraceTimer),clearKeepaliveTimeout(),idleTimeoutObj!==null&&(clearTimeout(idleTimeoutObj.timeout),this.sessionIdleTimeouts.delete(session)),
(_b2=this.http2Servers.get(http2Server))===null||_b2===void 0||_b2.sessions.delete(session),this.sessions.delete(session)})}}enableIdleTimeout(session){var _b,_c;
if(this.sessionIdleTimeout>=MAX_CONNECTION_IDLE_MS)return null;let idleTimeoutObj={activeStreams:0,lastIdle:Date.now(),onClose:this.onStreamClose.bind(this,session),
timeout:setTimeout(this.onIdleTimeout,this.sessionIdleTimeout,this,session)};(_c=(_b=idleTimeoutObj.timeout).unref)===null||_c===void 0||_c.call(_b),this.sessionIdleTimeouts.
set(session,idleTimeoutObj);let{socket}=session;return this.trace("Enable idle timeout for "+socket.remoteAddress+":"+socket.remotePort),idleTimeoutObj}onIdleTimeout(ctx,session){
let{socket}=session,sessionInfo=ctx.sessionIdleTimeouts.get(session);sessionInfo!==void 0&&sessionInfo.activeStreams===0&&(Date.now()-sessionInfo.lastIdle>=ctx.
sessionIdleTimeout?(ctx.trace("Session idle timeout triggered for "+socket?.remoteAddress+":"+socket?.remotePort+" last idle at "+sessionInfo.lastIdle),ctx.closeSession(
session)):sessionInfo.timeout.refresh())}onStreamOpened(stream){let session=stream.session,idleTimeoutObj=this.sessionIdleTimeouts.get(session);idleTimeoutObj&&
(idleTimeoutObj.activeStreams+=1,stream.once("close",idleTimeoutObj.onClose))}onStreamClose(session){var _b,_c;let idleTimeoutObj=this.sessionIdleTimeouts.get(session);
idleTimeoutObj&&(idleTimeoutObj.activeStreams-=1,idleTimeoutObj.activeStreams===0&&(idleTimeoutObj.lastIdle=Date.now(),idleTimeoutObj.timeout.refresh(),this.trace(
"Session onStreamClose"+((_b=session.socket)===null||_b===void 0?void 0:_b.remoteAddress)+":"+((_c=session.socket)===null||_c===void 0?void 0:_c.remotePort)+" a\
t "+idleTimeoutObj.lastIdle)))}},(()=>{let _metadata=typeof Symbol=="function"&&Symbol.metadata?Object.create(null):void 0;_start_decorators=[deprecate("Calling\
 start() is no longer necessary. It can be safely omitted.")],__esDecorate(_a,null,_start_decorators,{kind:"method",name:"start",static:!1,private:!1,access:{has:obj=>"\
start"in obj,get:obj=>obj.start},metadata:_metadata},null,_instanceExtraInitializers),_metadata&&Object.defineProperty(_a,Symbol.metadata,{enumerable:!0,configurable:!0,
writable:!0,value:_metadata})})(),_a})();exports.Server=Server2;async function handleUnary(call2,handler){let stream;function respond(err,value,trailer,flags2){
if(err){call2.sendStatus((0,server_call_1.serverErrorToStatus)(err,trailer));return}call2.sendMessage(value,()=>{call2.sendStatus({code:constants_1.Status.OK,details:"\
OK",metadata:trailer??null})})}let requestMetadata,requestMessage=null;call2.start({onReceiveMetadata(metadata){requestMetadata=metadata,call2.startRead()},onReceiveMessage(message){
if(requestMessage){call2.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Received a second request message for server streaming method ${handler.path}`,
metadata:null});return}requestMessage=message,call2.startRead()},onReceiveHalfClose(){if(!requestMessage){call2.sendStatus({code:constants_1.Status.UNIMPLEMENTED,
details:`Received no request message for server streaming method ${handler.path}`,metadata:null});return}stream=new server_call_1.ServerWritableStreamImpl(handler.
path,call2,requestMetadata,requestMessage);try{handler.func(stream,respond)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Ser\
ver method handler threw error ${err.message}`:details="Unknown error",call2.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onCancel(){stream&&
(stream.cancelled=!0,stream.emit("cancelled","cancelled"))}})}function handleClientStreaming(call2,handler){let stream;function respond(err,value,trailer,flags2){
if(err){call2.sendStatus((0,server_call_1.serverErrorToStatus)(err,trailer));return}call2.sendMessage(value,()=>{call2.sendStatus({code:constants_1.Status.OK,details:"\
OK",metadata:trailer??null})})}call2.start({onReceiveMetadata(metadata){stream=new server_call_1.ServerDuplexStreamImpl(handler.path,call2,metadata);try{handler.
func(stream,respond)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Server method handler threw error ${err.message}`:details=
"Unknown error",call2.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onReceiveMessage(message){stream.push(message)},onReceiveHalfClose(){
stream.push(null)},onCancel(){stream&&(stream.cancelled=!0,stream.emit("cancelled","cancelled"),stream.destroy())}})}function handleServerStreaming(call2,handler){
let stream,requestMetadata,requestMessage=null;call2.start({onReceiveMetadata(metadata){requestMetadata=metadata,call2.startRead()},onReceiveMessage(message){if(requestMessage){
call2.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Received a second request message for server streaming method ${handler.path}`,metadata:null});
return}requestMessage=message,call2.startRead()},onReceiveHalfClose(){if(!requestMessage){call2.sendStatus({code:constants_1.Status.UNIMPLEMENTED,details:`Recei\
ved no request message for server streaming method ${handler.path}`,metadata:null});return}stream=new server_call_1.ServerWritableStreamImpl(handler.path,call2,
requestMetadata,requestMessage);try{handler.func(stream)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?details=`Server method handler \
threw error ${err.message}`:details="Unknown error",call2.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onCancel(){stream&&(stream.cancelled=
!0,stream.emit("cancelled","cancelled"),stream.destroy())}})}function handleBidiStreaming(call2,handler){let stream;call2.start({onReceiveMetadata(metadata){stream=
new server_call_1.ServerDuplexStreamImpl(handler.path,call2,metadata);try{handler.func(stream)}catch(err){let details;environment_1.GRPC_NODE_DEBUG_SEND_ERROR_DETAILS?
details=`Server method handler threw error ${err.message}`:details="Unknown error",call2.sendStatus({code:constants_1.Status.UNKNOWN,details,metadata:null})}},onReceiveMessage(message){
stream.push(message)},onReceiveHalfClose(){stream.push(null)},onCancel(){stream&&(stream.cancelled=!0,stream.emit("cancelled","cancelled"),stream.destroy())}})}}});var all=process.getBuiltinModule("node:fs");var accessSync=all.accessSync;var chmodSync=all.chmodSync;var closeSync=all.closeSync;var existsSync=all.existsSync;var fsyncSync=all.fsyncSync;var linkSync=all.linkSync;var mkdirSync=all.mkdirSync;var openSync=all.openSync;var readdirSync=all.readdirSync;var readSync=all.readSync;var readFileSync=all.readFileSync;var readlinkSync=all.readlinkSync;var renameSync=all.renameSync;var rmSync=all.rmSync;var statSync=all.statSync,statfsSync=all.statfsSync;var symlinkSync=all.symlinkSync;var watch=all.watch;var writeFileSync=all.writeFileSync;var writeSync=all.writeSync;var writevSync=all.writevSync;var constants=all.constants;var KitError=class extends Error{name="KitError";hint;place;exitCode;constructor(message,options={}){super(message,options.cause===void 0?void 0:{cause:options.
cause}),this.hint=options.hint,this.place=options.place,this.exitCode=options.exitCode??1}},KitErrors=class extends Error{name="KitErrors";errors;constructor(errors){
super(errors.map(error=>error.message).join(`
`)),this.errors=errors}};function reasonOf(thrown){return thrown instanceof Error?thrown.message||thrown.name:String(thrown)}function codeOf(thrown){let code=thrown instanceof Error&&"c\
ode"in thrown?thrown.code:void 0;return typeof code=="string"?code:void 0}var all2=process.getBuiltinModule("node:util");var getSystemErrorMap=all2.getSystemErrorMap;var getSystemErrorMessage=all2.getSystemErrorMessage;var errnoText=errno=>getSystemErrorMap().get(errno)?.[1]??`system error ${errno}`;var hints={ENOSPC:"free some space, or move the cache with KIT_CACHE; kit cache clean removes all that can be made again",EDQUOT:"your disk quota is used up; KI\
T_CACHE moves the cache",EROFS:"the file system is read-only; KIT_CACHE and KIT_STATE choose other folders",EACCES:"look at the permissions, or choose another f\
older",ENOTDIR:"a file is in the way; KIT_CACHE and KIT_STATE choose other folders",EEXIST:"a file is in the way; choose another folder",EMFILE:"raise the limit\
 of open files: ulimit -n 4096"};function fromSystemError(thrown){if(!(thrown instanceof Error)||!("syscall"in thrown)||!("errno"in thrown))return;let{syscall,errno}=thrown;if(typeof syscall!="\
string"||typeof errno!="number"||errno>=0)return;if(syscall.startsWith("spawn"))return new KitError(thrown.message,{cause:thrown});let code="code"in thrown&&typeof thrown.
code=="string"?thrown.code:"",named2=["path","dest","address"].map(key=>thrown[key]).find(value=>typeof value=="string");return new KitError(`Cannot ${syscall}${named2?
` "${named2}"`:""}: ${errnoText(errno)}`,{cause:thrown,hint:hints[code]})}function renderError(thrown,style={}){if(thrown instanceof KitErrors)return thrown.errors.map(error=>renderError(error,style)).join(`
`);let system=fromSystemError(thrown);if(system)return renderError(system,style);if(!(thrown instanceof KitError)){let text=thrown instanceof Error?thrown.stack??
thrown.message:String(thrown);return`${label("error",style)} Unexpected failure, which is a bug in kit: ${text}`}let lines=[renderMessage("error",thrown.message,
thrown,style)];return style.trace&&lines.push(thrown.stack??"",...causes(thrown.cause)),lines.join(`
`)}function renderMessage(severity,message,{place,hint},style={}){let where=place?`${place.file}:${place.line}:${place.column}: `:"",start2=`${severity}:`,text=broken(
`${start2} ${harmless(`${where}${message}`)}`,style),lines=[`${label(severity,style)}${text.slice(start2.length)}`];return place?.text!==void 0&&lines.push(...excerpt(
place.line,place.column,place.text)),hint&&lines.push(paint(dim,broken(`(hint: ${harmless(hint)})`,style),style)),lines.join(`
`)}var dim=[2,22],bold=[1,22],looks={error:[31,39],warning:[33,39]},paint=([on,off],text,{colour=!1})=>colour?`\x1B[${on}m${text}\x1B[${off}m`:text,label=(severity,style)=>paint(
bold,paint(looks[severity],`${severity}:`,style),style);function broken(text,{columns}){return columns===void 0?text:text.split(`
`).flatMap(line=>brokenLine(line,Math.max(columns,40))).join(`
`)}function brokenLine(line,columns){let lines=[],rest=line;for(;rest.length>columns;){let before=rest.lastIndexOf(" ",columns),at=rest.slice(0,before).trim()===
""?rest.indexOf(" ",columns):before;if(at===-1)break;lines.push(rest.slice(0,at)),rest=`  ${rest.slice(at+1)}`}return[...lines,rest]}var active=/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;
function harmless(text){return text.replace(/\r\n?/g,`
`).replace(active,char=>char===`
`||char==="	"?char:`\\u${char.charCodeAt(0).toString(16).padStart(4,"0")}`)}var excerptWidth=120;function excerpt(line,column,text){let start2=column>excerptWidth-
20?column-excerptWidth/2:0,number=String(line).padStart(5),shown=text.slice(start2,start2+excerptWidth).replace(active," ");return[`${number} | ${shown}`,`${" ".
repeat(number.length)} | ${" ".repeat(column-1-start2)}^`]}function causes(cause){if(cause===void 0)return[];let rest=cause instanceof Error?causes(cause.cause):
[];return[`caused by: ${cause instanceof Error?cause.stack??cause.message:reasonOf(cause)}`,...rest]}function printLine(line,fd=1){try{writeSync(fd,`${line}
`)}catch{}}var all3=process.getBuiltinModule("node:events");var once=all3.once;var EventEmitter=all3.EventEmitter;var errorMonitor=all3.errorMonitor;var sections=["onboot","onshutdown","services"],guestPaths={containers:"/containers",layers:"/run/layers",layerFiles:"/run/layerfiles",moduleIndex:"/usr/lib/mod\
ules/kit-index.json",network:"/etc/kit/network.json",control:"/etc/kit/control.json",init:"/usr/lib/kit/init/main.mjs",supervisor:"/usr/lib/kit/supervisor/main.\
mjs",copy:"/usr/lib/kit/copy/main.mjs",reports:"/run/kit/reports",logs:"/run/log",controlSocket:"/run/kit/control.sock",readSocket:"/run/kit/read/control.sock",
inspect:"/run/kit/inspect",production:"/etc/kit/production",containerdSocket:"/run/containerd/containerd.sock",vsock:"/dev/vsock"};var inspectFolderOf=service=>`${guestPaths.inspect}/${service}`,controlPortName="kit.control.0",controlVsockPort=4911,defaultNamespace="services.linuxkit";var all4=process.getBuiltinModule("node:path");var resolve=all4.resolve;var isAbsolute=all4.isAbsolute,join=all4.join;var dirname=all4.dirname;var all5=process.getBuiltinModule("node:ffi");var DynamicLibrary=all5.DynamicLibrary;var getInt32=all5.getInt32;var getCurrentEventLoop=all5.getCurrentEventLoop,getRawPointer=all5.getRawPointer;var all6=process.getBuiltinModule("node:os");var availableParallelism=all6.availableParallelism;var hostname=all6.hostname;var networkInterfaces=all6.networkInterfaces;var release=all6.release;var constants2=all6.constants;var SyscallError=class extends Error{name="SyscallError";syscall;code;errno;constructor(syscall,errno,subject){let code=errnoName(errno);super(`${syscall}${subject===
void 0?"":` "${subject}"`}: ${reason(errno)} (${code})`),this.syscall=syscall,this.code=code,this.errno=errno}},names=new Map(Object.entries(constants2.errno).reverse().
map(([name2,value])=>[value,name2]));function errnoName(errno){return names.get(errno)??`errno ${errno}`}function reason(errno){try{return getSystemErrorMessage(
-errno)??"failed"}catch{return"failed"}}var loaded=new DynamicLibrary(null);function bindFunctions(definitions){let functions={};for(let[name2,signature]of Object.
entries(definitions))Object.defineProperty(functions,name2,{get:()=>{let value=loaded.getFunction(name2,signature);return Object.defineProperty(functions,name2,
{value}),value},configurable:!0});return functions}var{__errno_location}=bindFunctions({__errno_location:{arguments:[],return:"pointer"}}),errnoAddress=__errno_location();
function check(syscall,result,subject){if(result<0)throw new SyscallError(syscall,getInt32(errnoAddress),subject);return result}function parseMountOptions(words2){let flags2=0,data=[],propagation=[];for(let word of words2){let[set,clear,spread]=[lookUp(setFlags,word),lookUp(clearFlags,word),
lookUp(propagations,word)];set!==void 0?flags2|=set:clear!==void 0?flags2&=~clear:spread!==void 0?propagation.push(spread):data.push(word)}return{flags:flags2,data:data.
join(","),propagation}}function lookUp(table,word){return Object.hasOwn(table,word)?table[word]:void 0}var MS={RDONLY:1,NOSUID:2,NODEV:4,NOEXEC:8,SYNCHRONOUS:16,
REMOUNT:32,MANDLOCK:64,DIRSYNC:128,NOSYMFOLLOW:256,NOATIME:1024,NODIRATIME:2048,BIND:4096,MOVE:8192,REC:16384,SILENT:32768,UNBINDABLE:1<<17,PRIVATE:1<<18,SLAVE:1<<
19,SHARED:1<<20,RELATIME:1<<21,STRICTATIME:1<<24,LAZYTIME:1<<25},setFlags={ro:MS.RDONLY,nosuid:MS.NOSUID,nodev:MS.NODEV,noexec:MS.NOEXEC,sync:MS.SYNCHRONOUS,remount:MS.
REMOUNT,mand:MS.MANDLOCK,dirsync:MS.DIRSYNC,nosymfollow:MS.NOSYMFOLLOW,noatime:MS.NOATIME,nodiratime:MS.NODIRATIME,bind:MS.BIND,rbind:MS.BIND|MS.REC,move:MS.MOVE,
silent:MS.SILENT,relatime:MS.RELATIME,strictatime:MS.STRICTATIME,lazytime:MS.LAZYTIME},clearFlags={rw:MS.RDONLY,suid:MS.NOSUID,dev:MS.NODEV,exec:MS.NOEXEC,async:MS.
SYNCHRONOUS,nomand:MS.MANDLOCK,symfollow:MS.NOSYMFOLLOW,atime:MS.NOATIME,diratime:MS.NODIRATIME,loud:MS.SILENT,norelatime:MS.RELATIME,nostrictatime:MS.STRICTATIME,
nolazytime:MS.LAZYTIME,defaults:0},propagations={private:MS.PRIVATE,rprivate:MS.PRIVATE|MS.REC,shared:MS.SHARED,rshared:MS.SHARED|MS.REC,slave:MS.SLAVE,rslave:MS.
SLAVE|MS.REC,unbindable:MS.UNBINDABLE,runbindable:MS.UNBINDABLE|MS.REC};var libc=bindFunctions({mount:{arguments:["string","string","string","uint64","pointer"],return:"int32"},umount2:{arguments:["string","int32"],return:"int32"}}),
MNT_DETACH=2,maxDataBytes=4095;function mount(source,target,type,options=[]){let{flags:flags2,data,propagation}=parseMountOptions(options),dataBytes=Buffer.byteLength(
data);if(dataBytes>maxDataBytes)throw new RangeError(`Cannot mount "${target}": its options are ${dataBytes} bytes, the kernel takes ${maxDataBytes}`);options.length>
0&&flags2===0&&data===""&&propagation.length>0&&type===""||call(source,target,type,flags2,data);let restrictions=flags2&~(MS.BIND|MS.REC|MS.SILENT);flags2&MS.BIND&&
restrictions!==0&&!(flags2&MS.REMOUNT)&&call("none",target,"",MS.REMOUNT|MS.BIND|restrictions,"");for(let bits of propagation)call("none",target,"",bits,"")}function call(source,target,type,flags2,data){
check("mount",libc.mount(source,target,type,BigInt(flags2),data===""?null:data),target)}function unmount(target,{lazy=!1}={}){check("umount2",libc.umount2(target,lazy?MNT_DETACH:0),target)}function listMounts(){return parseMountInfo(readMountInfo())}function isMounted(target,text=readMountInfo()){return(/[\s\\]/.test(target)||text.includes(` ${target}\
 `))&&parseMountInfo(text).some(mounted=>mounted.target===target)}var readMountInfo=()=>readFileSync("/proc/self/mountinfo","utf8");function parseMountInfo(text){
return text.split(`
`).flatMap(line=>{let[before="",after]=line.split(" - ",2),[id,parent,,,target,options]=before.split(" "),[type,source]=after?.split(" ")??[];return!target||options===
void 0||!type||source===void 0?[]:[{id:Number(id),parent:Number(parent),target:unescapeOctal(target),options:options.split(","),type,source:unescapeOctal(source)}]})}
function unescapeOctal(text){return text.replace(/\\([0-7]{3})/g,(_all,octal)=>String.fromCharCode(Number.parseInt(octal,8)))}var libc2=bindFunctions({socket:{arguments:["int32","int32","int32"],return:"int32"},bind:{arguments:["int32","buffer","uint32"],return:"int32"},sendto:{arguments:[
"int32","buffer","uint64","int32","buffer","uint32"],return:"int64"},recv:{arguments:["int32","buffer","uint64","int32"],return:"int64"},setsockopt:{arguments:[
"int32","int32","int32","buffer","uint32"],return:"int32"}}),AF_NETLINK=16;var SOCK_STREAM=1;var SOCK_RAW=3,SOCK_NONBLOCK=2048,SOCK_CLOEXEC=524288,MSG_DONTWAIT=64;function openSocket(family,type,protocol){return check("socket",libc2.socket(family,type|SOCK_NONBLOCK|SOCK_CLOEXEC,protocol))}function bindSocket(fd,address){check(
"bind",libc2.bind(fd,address,address.length))}function sendTo(fd,bytes,address,subject){check("sendto",libc2.sendto(fd,bytes,BigInt(bytes.length),0,address,address.
length),subject)}function receive(fd,buffer){try{let length=check("recv",libc2.recv(fd,buffer,BigInt(buffer.length),MSG_DONTWAIT));return buffer.subarray(0,Number(
length))}catch(error){if(error instanceof SyscallError&&error.code==="EAGAIN")return;throw error}}function encodeNetlinkMessage({type,flags:flags2,sequence,body}){let message=Buffer.alloc(align(16+body.length));return message.writeUInt32LE(16+body.length,0),
message.writeUInt16LE(type,4),message.writeUInt16LE(flags2,6),message.writeUInt32LE(sequence,8),body.copy(message,16),message}function decodeNetlinkMessages(datagram){
let messages=[];for(let at=0;at+16<=datagram.length;){let length=datagram.readUInt32LE(at);checkLength(length,16,datagram.length-at),messages.push({type:datagram.
readUInt16LE(at+4),flags:datagram.readUInt16LE(at+6),sequence:datagram.readUInt32LE(at+8),body:datagram.subarray(at+16,at+length)}),at+=align(length)}return messages}
function encodeAttributes(attributes){return Buffer.concat(attributes.map(encodeAttribute))}function encodeAttribute({type,value}){let length=4+value.length,bytes=Buffer.
alloc(align(length));return bytes.writeUInt16LE(length,0),bytes.writeUInt16LE(type,2),value.copy(bytes,4),bytes}function u32Bytes(value){let bytes=Buffer.alloc(4);return bytes.writeUInt32LE(value),bytes}function align(length){return length+3&-4}function checkLength(length,least,most){if(length<least||length>most)throw new RangeError(`Cannot read netlink message\
: length ${length} where ${least} to ${most} fit`)}var NETLINK_ROUTE=0,NLMSG_ERROR=2,NLMSG_DONE=3,NLM_F_REQUEST=1,NLM_F_ACK=4,NLM_F_DUMP=768,bufferSize=64*1024,maximalDatagrams=1024,RTM={newLink:16,delLink:17,getLink:18,
newAddress:20,delAddress:21,getAddress:22,newRoute:24,delRoute:25,getRoute:26},NLM={replace:256,create:1024};function requestRoute(request2,doing){let fd=openNetlink(
0);try{let isDump=[RTM.getLink,RTM.getAddress,RTM.getRoute].some(type=>type===request2.type),flags2=NLM_F_REQUEST|(isDump?NLM_F_DUMP:NLM_F_ACK)|(request2.flags??
0),message=encodeNetlinkMessage({type:request2.type,flags:flags2,sequence:1,body:request2.body});return sendTo(fd,message,socketAddress(0),doing),readAnswer(fd,
doing)}finally{closeSync(fd)}}function openNetlink(groups){let fd=openSocket(AF_NETLINK,SOCK_RAW,NETLINK_ROUTE);try{return bindSocket(fd,socketAddress(groups)),
fd}catch(error){throw closeSync(fd),error}}function socketAddress(groups){let address=Buffer.alloc(12);return address.writeUInt16LE(AF_NETLINK,0),address.writeUInt32LE(
groups,8),address}function readAnswer(fd,doing){let answers=[];for(let datagrams=0;datagrams<maximalDatagrams;datagrams++){let datagram=receive(fd,Buffer.alloc(
bufferSize));if(datagram===void 0)break;for(let message of decodeNetlinkMessages(datagram)){if(message.type===NLMSG_DONE)return answers;if(message.type===NLMSG_ERROR)
return throwIfRefused(message.body,doing),answers;answers.push(message)}}throw new Error(`Cannot ${doing}: the kernel's answer does not end`)}function throwIfRefused(body,doing){
let errno=-body.readInt32LE(0);if(errno!==0)throw new SyscallError("netlink",errno,doing)}var NLM_F_EXCL=512,IFLA={name:3,link:5,linkInfo:18,netNsPid:19,infoKind:1,infoData:2,vethPeer:1,vlanId:1},header=Buffer.alloc(16);function createLink({name:name2,
kind,peer,inNamespaceOf}){let info=[{type:IFLA.infoKind,value:Buffer.from(kind)}];peer&&info.push({type:IFLA.infoData,value:encodeAttributes([peerNamed(peer)])});
let attributes=[named(name2),{type:IFLA.linkInfo,value:encodeAttributes(info)}],flags2=NLM.create|NLM_F_EXCL;request([...attributes,...namespaceOf(inNamespaceOf)],
`create ${kind} interface ${name2}`,flags2)}function moveLink(name2,pid){request([named(name2),...namespaceOf(pid)],`move interface ${name2} to process ${pid}`)}function request(attributes,doing,flags2=0){
let body=Buffer.concat([header,encodeAttributes(attributes)]);requestRoute({type:RTM.newLink,flags:flags2,body},doing)}function named(name2){return{type:IFLA.name,
value:Buffer.from(`${name2}\0`)}}function peerNamed(name2){return{type:IFLA.vethPeer,value:Buffer.concat([header,encodeAttributes([named(name2)])])}}function namespaceOf(pid){
return pid===void 0?[]:[{type:IFLA.netNsPid,value:u32Bytes(pid)}]}var cgroupRoot="/sys/fs/cgroup";function makeCgroup(path,root=cgroupRoot){let folder=root;for(let name2 of path.split("/").filter(Boolean))enableControllers(folder),folder=join(folder,name2),mkdirSync(
folder,{recursive:!0,mode:493})}function enableControllers(folder){for(let controller of readFileSync(join(folder,"cgroup.controllers"),"utf8").split(/\s+/).filter(
Boolean))try{writeFileSync(join(folder,"cgroup.subtree_control"),`+${controller}`)}catch{}}var bundleKernel={mount,unmount:target=>unmount(target,{lazy:!0}),isMounted:target=>isMounted(target),makeFolder:path=>{mkdirSync(path,{recursive:!0,mode:493})},
makeFile(path){mkdirSync(dirname(path),{recursive:!0,mode:493}),closeSync(openSync(path,"a",420))},isFile:path=>statSync(path,{throwIfNoEntry:!1})?.isDirectory()===
!1,makeCgroup,createLink,moveLink};function readBundles(section,containers=guestPaths.containers){return folderNames(join(containers,section)).map(folder=>{let dir=join(containers,section,folder);
return{name:bundleName(section,folder),section,dir,runtime:readRuntime(dir)}})}function folderNames(folder){try{return readdirSync(folder).sort()}catch(thrown){
if(codeOf(thrown)==="ENOENT")return[];throw thrown}}function bundleName(section,folder){return section==="services"?folder:folder.replace(/^\d+-/,"")}function readRuntime(dir){
let path=join(dir,"runtime.json");try{let runtime=JSON.parse(readFileSync(path,"utf8"));return{...runtime,namespace:runtime.namespace||defaultNamespace}}catch(thrown){
throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`,{cause:thrown})}}function specAny(spec){return{typeUrl:"types.containerd.io/opencontainers/runtime-spec/1/Spec",value:Buffer.from(JSON.stringify(spec))}}function processAny(process2){
return{typeUrl:"types.containerd.io/opencontainers/runtime-spec/1/Process",value:Buffer.from(JSON.stringify(process2))}}function runtimeOptions(binary){return{typeUrl:"\
containerd.runc.v1.Options",value:Buffer.concat([Buffer.from([50,binary.length]),Buffer.from(binary)])}}var import_channel=__toESM(require_channel()),import_channel_credentials=__toESM(require_channel_credentials()),import_load_balancer_pick_first=__toESM(require_load_balancer_pick_first()),
import_resolver_uds=__toESM(require_resolver_uds()),import_client=__toESM(require_client()),import_constants=__toESM(require_constants()),import_make_client=__toESM(require_make_client()),
import_metadata=__toESM(require_metadata()),import_server=__toESM(require_server()),import_server_credentials=__toESM(require_server_credentials()),import_server_interceptors=__toESM(require_server_interceptors()),
credentials={createInsecure:import_channel_credentials.ChannelCredentials.createInsecure};(0,import_resolver_uds.setup)();(0,import_load_balancer_pick_first.setup)();var ContainerdError=class extends Error{name="ContainerdError";code;method;constructor(method,code,details,cause){super(reasonIn(details),{cause}),this.method=method,
this.code=code}};function isNotFound(thrown){return thrown instanceof ContainerdError&&thrown.code===import_constants.Status.NOT_FOUND}async function unlessGone(call2){
try{await call2}catch(thrown){if(!isNotFound(thrown))throw thrown}}function isAlreadyExists(thrown){return thrown instanceof ContainerdError&&thrown.code===import_constants.Status.
ALREADY_EXISTS}function isAway(thrown){return thrown instanceof ContainerdError?[import_constants.Status.UNAVAILABLE,import_constants.Status.DEADLINE_EXCEEDED,import_constants.Status.
CANCELLED].includes(thrown.code):!1}function reasonIn(details){return details.replace(/: unknown$/,"").replaceAll(/\s+/g," ").trim().replace(/^.*(?:OCI runtime \w+ failed|did not terminate successfully: exit status \d+): /,
"")}var deadlines={ordinary:3e4,start:12e4,none:0},Connection=class{#client;constructor(socket){this.#client=new import_client.Client(`unix:${socket}`,credentials.createInsecure(),
{"grpc.initial_reconnect_backoff_ms":50,"grpc.min_reconnect_backoff_ms":50,"grpc.max_reconnect_backoff_ms":1e3,"grpc.max_receive_message_length":-1,"grpc.enable\
_channelz":0})}close(){this.#client.close()}call(method,namespace2,request2,deadlineMs=deadlines.ordinary){let metadata=new import_metadata.Metadata({waitForReady:!0});
metadata.set("containerd-namespace",namespace2);let options=deadlineMs===deadlines.none?{}:{deadline:Date.now()+deadlineMs};return new Promise((resolve2,reject)=>{
let done=(error,reply)=>{reply!==void 0&&!error?resolve2(reply):reject(errorOf(method.path,error))},{path,requestSerialize,responseDeserialize}=method;this.#client.
makeUnaryRequest(path,requestSerialize,responseDeserialize,request2,metadata,options,done)})}};function errorOf(path,error){let method=path.replace(/^.*\.(?=\w+\/)/,
"");return new ContainerdError(method,error?.code??2,error?.details||reasonOf(error),error)}function varint64read(){let buf=this.buf,pos=this.pos,lo=0,hi=0;for(let shift=0;shift<28;shift+=7){let b=buf[pos++];if(lo|=(b&127)<<shift,(b&128)==0){this.pos=pos,
this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}}let middleByte=buf[pos++];if(lo|=(middleByte&15)<<28,hi=(middleByte&112)>>4,(middleByte&128)==
0){this.pos=pos,this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}for(let shift=3;shift<=31;shift+=7){let b=buf[pos++];if(hi|=(b&127)<<shift,(b&128)==
0){this.pos=pos,this.assertBounds(),this.varint64Lo=lo,this.varint64Hi=hi;return}}throw new Error("invalid varint")}var TWO_PWR_32_DBL=4294967296;function int64FromString(dec){let minus=dec[0]==="-";minus&&(dec=dec.slice(1));let base=1e6,lowBits=0,highBits=0;function add1e6digit(begin,end){
let digit1e6=Number(dec.slice(begin,end));highBits*=base,lowBits=lowBits*base+digit1e6,lowBits>=TWO_PWR_32_DBL&&(highBits=highBits+(lowBits/TWO_PWR_32_DBL|0),lowBits=
lowBits%TWO_PWR_32_DBL)}return add1e6digit(-24,-18),add1e6digit(-18,-12),add1e6digit(-12,-6),add1e6digit(-6),minus?negate(lowBits,highBits):newBits(lowBits,highBits)}
function int64ToString(lo,hi){let bits=newBits(lo,hi),negative=bits.hi&2147483648;negative&&(bits=negate(bits.lo,bits.hi));let result=uInt64ToString(bits.lo,bits.
hi);return negative?"-"+result:result}function uInt64ToString(lo,hi){if({lo,hi}=toUnsigned(lo,hi),hi<=2097151)return String(TWO_PWR_32_DBL*hi+lo);let low=lo&16777215,
mid=(lo>>>24|hi<<8)&16777215,high=hi>>16&65535,digitA=low+mid*6777216+high*6710656,digitB=mid+high*8147497,digitC=high*2,base=1e7;return digitA>=base&&(digitB+=
Math.floor(digitA/base),digitA%=base),digitB>=base&&(digitC+=Math.floor(digitB/base),digitB%=base),digitC.toString()+decimalFrom1e7WithLeadingZeros(digitB)+decimalFrom1e7WithLeadingZeros(
digitA)}function toUnsigned(lo,hi){return{lo:lo>>>0,hi:hi>>>0}}function newBits(lo,hi){return{lo:lo|0,hi:hi|0}}function negate(lowBits,highBits){return highBits=
~highBits,lowBits?lowBits=~lowBits+1:highBits+=1,newBits(lowBits,highBits)}var decimalFrom1e7WithLeadingZeros=digit1e7=>{let partial=String(digit1e7);return"000\
0000".slice(partial.length)+partial};function varint32read(){let b=this.buf[this.pos++];if((b&128)===0)return this.assertBounds(),b;let result=b&127;if(b=this.buf[this.pos++],result|=(b&127)<<7,(b&
128)===0)return this.assertBounds(),result;if(b=this.buf[this.pos++],result|=(b&127)<<14,(b&128)===0)return this.assertBounds(),result;if(b=this.buf[this.pos++],
result|=(b&127)<<21,(b&128)===0)return this.assertBounds(),result;b=this.buf[this.pos++],result|=(b&15)<<28;for(let readBytes2=5;(b&128)!==0&&readBytes2<10;readBytes2++)
b=this.buf[this.pos++];if((b&128)!==0)throw new Error("invalid varint");return this.assertBounds(),result>>>0}var protoInt64=makeInt64Support();function makeInt64Support(){let dv=new DataView(new ArrayBuffer(8));if(typeof BigInt=="function"&&typeof dv.getBigInt64=="func\
tion"&&typeof dv.getBigUint64=="function"&&typeof dv.setBigInt64=="function"&&typeof dv.setBigUint64=="function"&&(!!globalThis.Deno||!!globalThis.Bun||typeof process!=
"object"||typeof process.env!="object"||process.env.BUF_BIGINT_DISABLE!=="1")){let MIN=BigInt("-9223372036854775808"),MAX=BigInt("9223372036854775807"),UMIN=BigInt(
"0"),UMAX=BigInt("18446744073709551615");return{zero:BigInt(0),supported:!0,parse(value){let bi=typeof value=="bigint"?value:BigInt(value);if(bi>MAX||bi<MIN)throw new Error(
`invalid int64: ${value}`);return bi},uParse(value){let bi=typeof value=="bigint"?value:BigInt(value);if(bi>UMAX||bi<UMIN)throw new Error(`invalid uint64: ${value}`);
return bi},enc(value){return dv.setBigInt64(0,this.parse(value),!0),{lo:dv.getInt32(0,!0),hi:dv.getInt32(4,!0)}},uEnc(value){return dv.setBigInt64(0,this.uParse(
value),!0),{lo:dv.getInt32(0,!0),hi:dv.getInt32(4,!0)}},dec(lo,hi){return dv.setInt32(0,lo,!0),dv.setInt32(4,hi,!0),dv.getBigInt64(0,!0)},uDec(lo,hi){return dv.
setInt32(0,lo,!0),dv.setInt32(4,hi,!0),dv.getBigUint64(0,!0)}}}return{zero:"0",supported:!1,parse(value){return typeof value!="string"&&(value=value.toString()),
assertInt64String(value),value},uParse(value){return typeof value!="string"&&(value=value.toString()),assertUInt64String(value),value},enc(value){return typeof value!=
"string"&&(value=value.toString()),assertInt64String(value),int64FromString(value)},uEnc(value){return typeof value!="string"&&(value=value.toString()),assertUInt64String(
value),int64FromString(value)},dec(lo,hi){return int64ToString(lo,hi)},uDec(lo,hi){return uInt64ToString(lo,hi)}}}function assertInt64String(value){if(!/^-?[0-9]+$/.
test(value))throw new Error("invalid int64: "+value)}function assertUInt64String(value){if(!/^[0-9]+$/.test(value))throw new Error("invalid uint64: "+value)}var te;function configureTextEncoding(textEncoding){var _a;te=Object.assign(Object.assign({},textEncoding),{encodeUtf8Into:(_a=textEncoding.encodeUtf8Into)!==null&&
_a!==void 0?_a:emulateEncodeInto(textEncoding.encodeUtf8.bind(textEncoding))})}function getTextEncoding(){if(!te){let globals=globalThis;if(!globals.TextEncoder||
!globals.TextDecoder)throw new Error("encoding API missing: install TextEncoder and TextDecoder on globalThis");let textEncoder=new globals.TextEncoder,textDecoder=new globals.
TextDecoder("utf-8",{ignoreBOM:!0}),textDecoderStrict,config={encodeUtf8(text){return textEncoder.encode(text)},decodeUtf8(bytes,strict){return strict?(textDecoderStrict||
(textDecoderStrict=new globals.TextDecoder("utf-8",{fatal:!0,ignoreBOM:!0})),textDecoderStrict.decode(bytes)):textDecoder.decode(bytes)},checkUtf8(text){try{return encodeURIComponent(
text),!0}catch{return!1}}};textEncoder.encodeInto&&(config.encodeUtf8Into=textEncoder.encodeInto.bind(textEncoder));let nativeStringIsWellFormed=String.prototype.
isWellFormed;nativeStringIsWellFormed&&(config.checkUtf8=text=>nativeStringIsWellFormed.call(text)),configureTextEncoding(config)}return te}function emulateEncodeInto(encodeUtf8){
return(text,dest)=>{let bytes=encodeUtf8(text);return dest.set(bytes),{written:bytes.byteLength}}}var WireType;(function(WireType2){WireType2[WireType2.Varint=0]="Varint",WireType2[WireType2.Bit64=1]="Bit64",WireType2[WireType2.LengthDelimited=2]="LengthDeli\
mited",WireType2[WireType2.StartGroup=3]="StartGroup",WireType2[WireType2.EndGroup=4]="EndGroup",WireType2[WireType2.Bit32=5]="Bit32"})(WireType||(WireType={}));var UINT32_MAX=4294967295,INT32_MAX=2147483647,INT32_MIN=-2147483648,BinaryWriter=class{constructor(encodeUtf8){this.stackPos=[],this.encodeUtf8Into=encodeUtf8?
emulateEncodeInto(encodeUtf8):getTextEncoding().encodeUtf8Into,this.buffer=EMPTY_BUFFER,this.viewCache=EMPTY_VIEW,this.pos=0}ensureCapacity(size){let required=this.
pos+size;if(required>this.buffer.length){let newLen=this.buffer.length||INITIAL_SIZE;for(;newLen<required;)newLen*=2;let newBuf=new Uint8Array(newLen);this.pos>
0&&newBuf.set(this.buffer),this.buffer=newBuf}}view(){let bytes=this.buffer,view=this.viewCache;if(view.byteLength===bytes.byteLength)return view;let newView=new DataView(
bytes.buffer);return this.viewCache=newView,newView}finish(){let result=this.buffer.slice(0,this.pos);return this.pos=0,this.stackPos=[],result}fork(){return this.
stackPos.push(this.pos),this.ensureCapacity(DEFAULT_LEN_PREFIX_SIZE),this.buffer[this.pos++]=0,this}join(){let forkPos=this.stackPos.pop();if(forkPos===void 0)throw new Error(
"invalid state, fork stack empty");let len=this.pos-forkPos-DEFAULT_LEN_PREFIX_SIZE,lenPrefixSize=varint32Size(len);return lenPrefixSize>DEFAULT_LEN_PREFIX_SIZE&&
(this.ensureCapacity(lenPrefixSize-DEFAULT_LEN_PREFIX_SIZE),this.buffer.copyWithin(forkPos+lenPrefixSize,forkPos+DEFAULT_LEN_PREFIX_SIZE,this.pos)),this.pos=forkPos,
this.uint32(len),this.pos+=len,this}tag(fieldNo,type){return this.uint32((fieldNo<<3|type)>>>0)}raw(chunk){return this.ensureCapacity(chunk.length),this.buffer.
set(chunk,this.pos),this.pos+=chunk.length,this}uint32(value){if(assertUInt32(value),this.ensureCapacity(5),value<128)return this.buffer[this.pos++]=value,this;
for(;value>127;)this.buffer[this.pos++]=value&127|128,value>>>=7;return this.buffer[this.pos++]=value,this}int32(value){if(assertInt32(value),value>=0)return this.
uint32(value);this.ensureCapacity(10);for(let i=0;i<9;i++)this.buffer[this.pos++]=value&127|128,value>>=7;return this.buffer[this.pos++]=1,this}bool(value){return this.
ensureCapacity(1),this.buffer[this.pos++]=value?1:0,this}bytes(value){return this.uint32(value.byteLength),this.raw(value)}string(value){typeof value!="string"&&
(value=String(value));let len=value.length;if(len<=ASCII_MAX_LENGTH){this.ensureCapacity(len+1);let ascii=this.buffer,pos=this.pos;ascii[pos++]=len;let i=0;for(;i<
len;i++){let code=value.charCodeAt(i);if(code>127)break;ascii[pos++]=code}if(i==len)return this.pos=pos,this}this.ensureCapacity(len*3+5);let lenPrefixSizeGuess=varint32Size(
len),buf=this.buffer,start2=this.pos,{written}=this.encodeUtf8Into(value,buf.subarray(start2+lenPrefixSizeGuess)),lenPrefixSize=varint32Size(written);return lenPrefixSize!=
lenPrefixSizeGuess&&buf.copyWithin(start2+lenPrefixSize,start2+lenPrefixSizeGuess,start2+lenPrefixSizeGuess+written),this.uint32(written),this.pos+=written,this}float(value){
return assertFloat32(value),this.ensureCapacity(4),this.view().setFloat32(this.pos,value,!0),this.pos+=4,this}double(value){return this.ensureCapacity(8),this.view().
setFloat64(this.pos,value,!0),this.pos+=8,this}fixed32(value){return assertUInt32(value),this.ensureCapacity(4),this.view().setUint32(this.pos,value,!0),this.pos+=
4,this}sfixed32(value){return assertInt32(value),this.ensureCapacity(4),this.view().setInt32(this.pos,value,!0),this.pos+=4,this}sint32(value){return assertInt32(
value),this.uint32((value<<1^value>>31)>>>0)}sfixed64(value){let tc=protoInt64.enc(value);this.ensureCapacity(8);let view=this.view();return view.setInt32(this.
pos,tc.lo,!0),view.setInt32(this.pos+4,tc.hi,!0),this.pos+=8,this}fixed64(value){let tc=protoInt64.uEnc(value);this.ensureCapacity(8);let view=this.view();return view.
setInt32(this.pos,tc.lo,!0),view.setInt32(this.pos+4,tc.hi,!0),this.pos+=8,this}int64(value){let tc=protoInt64.enc(value);return this.writeVarint64(tc.lo,tc.hi)}sint64(value){
let tc=protoInt64.enc(value),sign=tc.hi>>31,lo=tc.lo<<1^sign,hi=(tc.hi<<1|tc.lo>>>31)^sign;return this.writeVarint64(lo,hi)}uint64(value){let tc=protoInt64.uEnc(
value);return this.writeVarint64(tc.lo,tc.hi)}writeVarint64(lo,hi){this.ensureCapacity(10);let buf=this.buffer,pos=this.pos;for(let i=0;i<28;i=i+7){let shift=lo>>>
i,hasNext=!(!(shift>>>7)&&hi==0);if(buf[pos++]=(hasNext?shift|128:shift)&255,!hasNext)return this.pos=pos,this}let splitBits=lo>>>28&15|(hi&7)<<4,hasMoreBits=hi>>
3!=0;if(buf[pos++]=(hasMoreBits?splitBits|128:splitBits)&255,!hasMoreBits)return this.pos=pos,this;for(let i=3;i<31;i=i+7){let shift=hi>>>i,hasNext=!!(shift>>>7);
if(buf[pos++]=(hasNext?shift|128:shift)&255,!hasNext)return this.pos=pos,this}return buf[pos++]=hi>>>31&1,this.pos=pos,this}},INITIAL_SIZE=128,DEFAULT_LEN_PREFIX_SIZE=1,
EMPTY_BUFFER=new Uint8Array(0),EMPTY_VIEW=new DataView(EMPTY_BUFFER.buffer),ASCII_MAX_LENGTH=32;function varint32Size(value){return value<128?1:value<16384?2:value<
2097152?3:value<268435456?4:5}var BinaryReader=class{constructor(buf,decodeUtf8=getTextEncoding().decodeUtf8){this.decodeUtf8=decodeUtf8,this.varint64Lo=0,this.
varint64Hi=0,this.varint64=varint64read,this.uint32=varint32read,this.buf=buf,this.len=buf.length,this.pos=0,this.view=new DataView(buf.buffer,buf.byteOffset,buf.
byteLength)}tag(){let start2=this.pos,tag=this.uint32(),bytesRead=this.pos-start2;if(bytesRead>5||bytesRead==5&&this.buf[this.pos-1]>15)throw new Error("illegal\
 tag: varint overflows uint32");let fieldNo=tag>>>3,wireType=tag&7;if(fieldNo<=0||wireType>5)throw new Error("illegal tag: field no "+fieldNo+" wire type "+wireType);
return[fieldNo,wireType]}skip(wireType,fieldNo,recursionLimit=100){let start2=this.pos;switch(wireType){case WireType.Varint:for(;this.buf[this.pos++]&128;);break;case WireType.
Bit64:this.pos+=4;case WireType.Bit32:this.pos+=4;break;case WireType.LengthDelimited:let len=this.uint32();this.pos+=len;break;case WireType.StartGroup:if(recursionLimit<=
0)throw new Error("maximum recursion depth reached");for(;;){let[fn,wt]=this.tag();if(wt===WireType.EndGroup){if(fieldNo!==void 0&&fn!==fieldNo)throw new Error(
"invalid end group tag");break}this.skip(wt,fn,recursionLimit-1)}break;default:throw new Error("cant skip wire type "+wireType)}return this.assertBounds(),this.
buf.subarray(start2,this.pos)}assertBounds(){if(this.pos>this.len)throw new RangeError("premature EOF")}int32(){return this.uint32()|0}sint32(){let zze=this.uint32();
return zze>>>1^-(zze&1)}int64(){return this.varint64(),protoInt64.dec(this.varint64Lo,this.varint64Hi)}uint64(){return this.varint64(),protoInt64.uDec(this.varint64Lo,
this.varint64Hi)}sint64(){this.varint64();let lo=this.varint64Lo,hi=this.varint64Hi,s=-(lo&1);return lo=(lo>>>1|(hi&1)<<31)^s,hi=hi>>>1^s,protoInt64.dec(lo,hi)}bool(){
let b=this.buf[this.pos];return b<128?(this.pos++,b!==0):(this.varint64(),this.varint64Lo!==0||this.varint64Hi!==0)}fixed32(){return this.view.getUint32((this.pos+=
4)-4,!0)}sfixed32(){return this.view.getInt32((this.pos+=4)-4,!0)}fixed64(){return protoInt64.uDec(this.sfixed32(),this.sfixed32())}sfixed64(){return protoInt64.
dec(this.sfixed32(),this.sfixed32())}float(){return this.view.getFloat32((this.pos+=4)-4,!0)}double(){return this.view.getFloat64((this.pos+=8)-8,!0)}bytes(){let len=this.
uint32(),start2=this.pos;return this.pos+=len,this.assertBounds(),this.buf.subarray(start2,start2+len)}string(strict){let len=this.uint32(),start2=this.pos;this.
pos+=len,this.assertBounds();let buf=this.buf;if(len<=ASCII_MAX_LENGTH){let codes=new Array(len);for(let i=0;i<len;i++){let byte=buf[start2+i];if(byte>127)return this.
decodeUtf8(buf.subarray(start2,this.pos),strict);codes[i]=byte}return String.fromCharCode.apply(String,codes)}return this.decodeUtf8(buf.subarray(start2,this.pos),
strict)}};function assertInt32(arg){if(typeof arg=="string")arg=Number(arg);else if(typeof arg!="number")throw new Error("invalid int32: "+typeof arg);if(!Number.
isInteger(arg)||arg>INT32_MAX||arg<INT32_MIN)throw new Error("invalid int32: "+arg)}function assertUInt32(arg){if(typeof arg=="string")arg=Number(arg);else if(typeof arg!=
"number")throw new Error("invalid uint32: "+typeof arg);if(!Number.isInteger(arg)||arg>UINT32_MAX||arg<0)throw new Error("invalid uint32: "+arg)}function assertFloat32(arg){
if(typeof arg=="string"){let o=arg;if(arg=Number(arg),Number.isNaN(arg)&&o!=="NaN")throw new Error("invalid float32: "+o)}else if(typeof arg!="number")throw new Error(
"invalid float32: "+typeof arg);if(!Number.isFinite(Math.fround(arg))&&Number.isFinite(arg))throw new Error("invalid float32: "+arg)}function createBaseAny(){return{typeUrl:"",value:new Uint8Array(0)}}var Any={encode(message,writer=new BinaryWriter){return message.typeUrl!==""&&writer.uint32(
10).string(message.typeUrl),message.value.length!==0&&writer.uint32(18).bytes(message.value),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseAny();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.typeUrl=reader.string();continue}case 2:{if(tag!==18)break;message.
value=reader.bytes();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseEmpty(){return{}}var Empty={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseEmpty();for(;reader.
pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseFieldMask(){return{paths:[]}}var FieldMask={encode(message,writer=new BinaryWriter){for(let v of message.paths)writer.uint32(10).string(v);return writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseFieldMask();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.paths.push(reader.
string());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}},wrap(paths){let result=createBaseFieldMask();
return result.paths=paths,result},unwrap(message){return message.paths}};function createBaseTimestamp(){return{seconds:0n,nanos:0}}var Timestamp={encode(message,writer=new BinaryWriter){if(message.seconds!==0n){if(BigInt.asIntN(64,message.
seconds)!==message.seconds)throw new globalThis.Error("value provided for field message.seconds of type int64 too large");writer.uint32(8).int64(message.seconds)}
return message.nanos!==0&&writer.uint32(16).int32(message.nanos),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),
previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.
__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseTimestamp();for(;reader.pos<end;){let tag=reader.
uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.seconds=reader.int64();continue}case 2:{if(tag!==16)break;message.nanos=reader.int32();continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseContainer(){return{id:"",labels:{},image:"",runtime:void 0,spec:void 0,snapshotter:"",snapshotKey:"",createdAt:void 0,updatedAt:void 0,extensions:{},
sandbox:""}}var Container={encode(message,writer=new BinaryWriter){return message.id!==""&&writer.uint32(10).string(message.id),globalThis.Object.entries(message.
labels).forEach(([key,value])=>{Container_LabelsEntry.encode({key,value},writer.uint32(18).fork()).join()}),message.image!==""&&writer.uint32(26).string(message.
image),message.runtime!==void 0&&Container_Runtime.encode(message.runtime,writer.uint32(34).fork()).join(),message.spec!==void 0&&Any.encode(message.spec,writer.
uint32(42).fork()).join(),message.snapshotter!==""&&writer.uint32(50).string(message.snapshotter),message.snapshotKey!==""&&writer.uint32(58).string(message.snapshotKey),
message.createdAt!==void 0&&Timestamp.encode(toTimestamp(message.createdAt),writer.uint32(66).fork()).join(),message.updatedAt!==void 0&&Timestamp.encode(toTimestamp(
message.updatedAt),writer.uint32(74).fork()).join(),globalThis.Object.entries(message.extensions).forEach(([key,value])=>{Container_ExtensionsEntry.encode({key,
value},writer.uint32(82).fork()).join()}),message.sandbox!==""&&writer.uint32(90).string(message.sandbox),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseContainer();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}case 2:{if(tag!==18)break;let entry2=Container_LabelsEntry.
decode(reader,reader.uint32());entry2.value!==void 0&&(message.labels[entry2.key]=entry2.value);continue}case 3:{if(tag!==26)break;message.image=reader.string();
continue}case 4:{if(tag!==34)break;message.runtime=Container_Runtime.decode(reader,reader.uint32());continue}case 5:{if(tag!==42)break;message.spec=Any.decode(reader,
reader.uint32());continue}case 6:{if(tag!==50)break;message.snapshotter=reader.string();continue}case 7:{if(tag!==58)break;message.snapshotKey=reader.string();continue}case 8:{
if(tag!==66)break;message.createdAt=fromTimestamp(Timestamp.decode(reader,reader.uint32()));continue}case 9:{if(tag!==74)break;message.updatedAt=fromTimestamp(Timestamp.
decode(reader,reader.uint32()));continue}case 10:{if(tag!==82)break;let entry10=Container_ExtensionsEntry.decode(reader,reader.uint32());entry10.value!==void 0&&
(message.extensions[entry10.key]=entry10.value);continue}case 11:{if(tag!==90)break;message.sandbox=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseContainer_LabelsEntry(){return{key:"",value:""}}var Container_LabelsEntry={
encode(message,writer=new BinaryWriter){return message.key!==""&&writer.uint32(10).string(message.key),message.value!==""&&writer.uint32(18).string(message.value),
writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseContainer_LabelsEntry();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.
key=reader.string();continue}case 2:{if(tag!==18)break;message.value=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseContainer_Runtime(){return{name:"",options:void 0}}var Container_Runtime={encode(message,writer=new BinaryWriter){
return message.name!==""&&writer.uint32(10).string(message.name),message.options!==void 0&&Any.encode(message.options,writer.uint32(18).fork()).join(),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseContainer_Runtime();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.name=reader.string();continue}case 2:{
if(tag!==18)break;message.options=Any.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseContainer_ExtensionsEntry(){return{key:"",value:void 0}}var Container_ExtensionsEntry={encode(message,writer=new BinaryWriter){
return message.key!==""&&writer.uint32(10).string(message.key),message.value!==void 0&&Any.encode(message.value,writer.uint32(18).fork()).join(),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseContainer_ExtensionsEntry();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.key=reader.string();
continue}case 2:{if(tag!==18)break;message.value=Any.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseGetContainerRequest(){return{id:""}}var GetContainerRequest={encode(message,writer=new BinaryWriter){
return message.id!==""&&writer.uint32(10).string(message.id),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),
previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.
__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseGetContainerRequest();for(;reader.pos<end;){
let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseGetContainerResponse(){return{container:void 0}}var GetContainerResponse={encode(message,writer=new BinaryWriter){
return message.container!==void 0&&Container.encode(message.container,writer.uint32(10).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseGetContainerResponse();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseListContainersRequest(){
return{filters:[]}}var ListContainersRequest={encode(message,writer=new BinaryWriter){for(let v of message.filters)writer.uint32(10).string(v);return writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseListContainersRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.filters.push(reader.string());
continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseListContainersResponse(){
return{containers:[]}}var ListContainersResponse={encode(message,writer=new BinaryWriter){for(let v of message.containers)Container.encode(v,writer.uint32(10).fork()).
join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseListContainersResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.containers.push(Container.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCreateContainerRequest(){return{container:void 0}}var CreateContainerRequest={encode(message,writer=new BinaryWriter){
return message.container!==void 0&&Container.encode(message.container,writer.uint32(10).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCreateContainerRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCreateContainerResponse(){
return{container:void 0}}var CreateContainerResponse={encode(message,writer=new BinaryWriter){return message.container!==void 0&&Container.encode(message.container,
writer.uint32(10).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCreateContainerResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>
3){case 1:{if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseUpdateContainerRequest(){return{container:void 0,updateMask:void 0}}var UpdateContainerRequest={
encode(message,writer=new BinaryWriter){return message.container!==void 0&&Container.encode(message.container,writer.uint32(10).fork()).join(),message.updateMask!==
void 0&&FieldMask.encode(FieldMask.wrap(message.updateMask),writer.uint32(18).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseUpdateContainerRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}case 2:{
if(tag!==18)break;message.updateMask=FieldMask.unwrap(FieldMask.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseUpdateContainerResponse(){return{container:void 0}}var UpdateContainerResponse={encode(message,writer=new BinaryWriter){
return message.container!==void 0&&Container.encode(message.container,writer.uint32(10).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseUpdateContainerResponse();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDeleteContainerRequest(){
return{id:""}}var DeleteContainerRequest={encode(message,writer=new BinaryWriter){return message.id!==""&&writer.uint32(10).string(message.id),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseDeleteContainerRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseListContainerMessage(){
return{container:void 0}}var ListContainerMessage={encode(message,writer=new BinaryWriter){return message.container!==void 0&&Container.encode(message.container,
writer.uint32(10).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseListContainerMessage();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.container=Container.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}},ContainersService={get:{path:"/containerd.services.containers.v1.Containers/Get",requestStream:!1,responseStream:!1,
requestSerialize:value=>Buffer.from(GetContainerRequest.encode(value).finish()),requestDeserialize:value=>GetContainerRequest.decode(value),responseSerialize:value=>Buffer.
from(GetContainerResponse.encode(value).finish()),responseDeserialize:value=>GetContainerResponse.decode(value)},list:{path:"/containerd.services.containers.v1.\
Containers/List",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ListContainersRequest.encode(value).finish()),requestDeserialize:value=>ListContainersRequest.
decode(value),responseSerialize:value=>Buffer.from(ListContainersResponse.encode(value).finish()),responseDeserialize:value=>ListContainersResponse.decode(value)},
listStream:{path:"/containerd.services.containers.v1.Containers/ListStream",requestStream:!1,responseStream:!0,requestSerialize:value=>Buffer.from(ListContainersRequest.
encode(value).finish()),requestDeserialize:value=>ListContainersRequest.decode(value),responseSerialize:value=>Buffer.from(ListContainerMessage.encode(value).finish()),
responseDeserialize:value=>ListContainerMessage.decode(value)},create:{path:"/containerd.services.containers.v1.Containers/Create",requestStream:!1,responseStream:!1,
requestSerialize:value=>Buffer.from(CreateContainerRequest.encode(value).finish()),requestDeserialize:value=>CreateContainerRequest.decode(value),responseSerialize:value=>Buffer.
from(CreateContainerResponse.encode(value).finish()),responseDeserialize:value=>CreateContainerResponse.decode(value)},update:{path:"/containerd.services.contai\
ners.v1.Containers/Update",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(UpdateContainerRequest.encode(value).finish()),requestDeserialize:value=>UpdateContainerRequest.
decode(value),responseSerialize:value=>Buffer.from(UpdateContainerResponse.encode(value).finish()),responseDeserialize:value=>UpdateContainerResponse.decode(value)},
delete:{path:"/containerd.services.containers.v1.Containers/Delete",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(DeleteContainerRequest.
encode(value).finish()),requestDeserialize:value=>DeleteContainerRequest.decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.
decode(value)}},ContainersClient=(0,import_make_client.makeClientConstructor)(ContainersService,"containerd.services.containers.v1.Containers");function toTimestamp(date){
let seconds=BigInt(Math.trunc(date.getTime()/1e3)),nanos=date.getTime()%1e3*1e6;return{seconds,nanos}}function fromTimestamp(t){let millis=(globalThis.Number(t.
seconds.toString())||0)*1e3;return millis+=(t.nanos||0)/1e6,new globalThis.Date(millis)}function createBaseDescriptor(){return{mediaType:"",digest:"",size:0n,annotations:{}}}var Descriptor={encode(message,writer=new BinaryWriter){if(message.mediaType!==
""&&writer.uint32(10).string(message.mediaType),message.digest!==""&&writer.uint32(18).string(message.digest),message.size!==0n){if(BigInt.asIntN(64,message.size)!==
message.size)throw new globalThis.Error("value provided for field message.size of type int64 too large");writer.uint32(24).int64(message.size)}return globalThis.
Object.entries(message.annotations).forEach(([key,value])=>{Descriptor_AnnotationsEntry.encode({key,value},writer.uint32(42).fork()).join()}),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseDescriptor();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.mediaType=reader.string();continue}case 2:{
if(tag!==18)break;message.digest=reader.string();continue}case 3:{if(tag!==24)break;message.size=reader.int64();continue}case 5:{if(tag!==42)break;let entry5=Descriptor_AnnotationsEntry.
decode(reader,reader.uint32());entry5.value!==void 0&&(message.annotations[entry5.key]=entry5.value);continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}
return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDescriptor_AnnotationsEntry(){return{key:"",value:""}}var Descriptor_AnnotationsEntry={
encode(message,writer=new BinaryWriter){return message.key!==""&&writer.uint32(10).string(message.key),message.value!==""&&writer.uint32(18).string(message.value),
writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseDescriptor_AnnotationsEntry();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.
key=reader.string();continue}case 2:{if(tag!==18)break;message.value=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseMetric(){return{timestamp:void 0,id:"",data:void 0}}var Metric={encode(message,writer=new BinaryWriter){return message.timestamp!==void 0&&Timestamp.
encode(toTimestamp2(message.timestamp),writer.uint32(10).fork()).join(),message.id!==""&&writer.uint32(18).string(message.id),message.data!==void 0&&Any.encode(
message.data,writer.uint32(26).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseMetric();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.timestamp=fromTimestamp2(Timestamp.decode(reader,reader.uint32()));continue}case 2:{if(tag!==18)break;message.id=reader.string();continue}case 3:{
if(tag!==26)break;message.data=Any.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function toTimestamp2(date){let seconds=BigInt(Math.trunc(date.getTime()/1e3)),nanos=date.getTime()%1e3*1e6;return{seconds,nanos}}function fromTimestamp2(t){
let millis=(globalThis.Number(t.seconds.toString())||0)*1e3;return millis+=(t.nanos||0)/1e6,new globalThis.Date(millis)}function createBaseMount(){return{type:"",source:"",target:"",options:[]}}var Mount={encode(message,writer=new BinaryWriter){message.type!==""&&writer.uint32(10).
string(message.type),message.source!==""&&writer.uint32(18).string(message.source),message.target!==""&&writer.uint32(26).string(message.target);for(let v of message.
options)writer.uint32(34).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseMount();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.type=reader.string();continue}case 2:{if(tag!==18)break;message.source=reader.string();continue}case 3:{if(tag!==26)break;message.target=reader.
string();continue}case 4:{if(tag!==34)break;message.options.push(reader.string());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};var Status2={UNKNOWN:0,CREATED:1,RUNNING:2,STOPPED:3,PAUSED:4,PAUSING:5};function createBaseProcess(){return{containerId:"",id:"",pid:0,status:0,stdin:"",stdout:"",
stderr:"",terminal:!1,exitStatus:0,exitedAt:void 0}}var Process={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(
message.containerId),message.id!==""&&writer.uint32(18).string(message.id),message.pid!==0&&writer.uint32(24).uint32(message.pid),message.status!==0&&writer.uint32(
32).int32(message.status),message.stdin!==""&&writer.uint32(42).string(message.stdin),message.stdout!==""&&writer.uint32(50).string(message.stdout),message.stderr!==
""&&writer.uint32(58).string(message.stderr),message.terminal!==!1&&writer.uint32(64).bool(message.terminal),message.exitStatus!==0&&writer.uint32(72).uint32(message.
exitStatus),message.exitedAt!==void 0&&Timestamp.encode(toTimestamp3(message.exitedAt),writer.uint32(82).fork()).join(),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseProcess();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.
id=reader.string();continue}case 3:{if(tag!==24)break;message.pid=reader.uint32();continue}case 4:{if(tag!==32)break;message.status=reader.int32();continue}case 5:{
if(tag!==42)break;message.stdin=reader.string();continue}case 6:{if(tag!==50)break;message.stdout=reader.string();continue}case 7:{if(tag!==58)break;message.stderr=
reader.string();continue}case 8:{if(tag!==64)break;message.terminal=reader.bool();continue}case 9:{if(tag!==72)break;message.exitStatus=reader.uint32();continue}case 10:{
if(tag!==82)break;message.exitedAt=fromTimestamp3(Timestamp.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseProcessInfo(){return{pid:0,info:void 0}}var ProcessInfo={encode(message,writer=new BinaryWriter){
return message.pid!==0&&writer.uint32(8).uint32(message.pid),message.info!==void 0&&Any.encode(message.info,writer.uint32(18).fork()).join(),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseProcessInfo();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.pid=reader.uint32();continue}case 2:{
if(tag!==18)break;message.info=Any.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function toTimestamp3(date){let seconds=BigInt(Math.trunc(date.getTime()/1e3)),nanos=date.getTime()%1e3*1e6;return{seconds,nanos}}function fromTimestamp3(t){
let millis=(globalThis.Number(t.seconds.toString())||0)*1e3;return millis+=(t.nanos||0)/1e6,new globalThis.Date(millis)}function createBaseCreateTaskRequest(){return{containerId:"",rootfs:[],stdin:"",stdout:"",stderr:"",terminal:!1,checkpoint:void 0,options:void 0,runtimePath:""}}
var CreateTaskRequest={encode(message,writer=new BinaryWriter){message.containerId!==""&&writer.uint32(10).string(message.containerId);for(let v of message.rootfs)
Mount.encode(v,writer.uint32(26).fork()).join();return message.stdin!==""&&writer.uint32(34).string(message.stdin),message.stdout!==""&&writer.uint32(42).string(
message.stdout),message.stderr!==""&&writer.uint32(50).string(message.stderr),message.terminal!==!1&&writer.uint32(56).bool(message.terminal),message.checkpoint!==
void 0&&Descriptor.encode(message.checkpoint,writer.uint32(66).fork()).join(),message.options!==void 0&&Any.encode(message.options,writer.uint32(74).fork()).join(),
message.runtimePath!==""&&writer.uint32(82).string(message.runtimePath),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCreateTaskRequest();for(;reader.
pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 3:{if(tag!==26)break;message.rootfs.
push(Mount.decode(reader,reader.uint32()));continue}case 4:{if(tag!==34)break;message.stdin=reader.string();continue}case 5:{if(tag!==42)break;message.stdout=reader.
string();continue}case 6:{if(tag!==50)break;message.stderr=reader.string();continue}case 7:{if(tag!==56)break;message.terminal=reader.bool();continue}case 8:{if(tag!==
66)break;message.checkpoint=Descriptor.decode(reader,reader.uint32());continue}case 9:{if(tag!==74)break;message.options=Any.decode(reader,reader.uint32());continue}case 10:{
if(tag!==82)break;message.runtimePath=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseCreateTaskResponse(){return{containerId:"",pid:0}}var CreateTaskResponse={encode(message,writer=new BinaryWriter){return message.
containerId!==""&&writer.uint32(10).string(message.containerId),message.pid!==0&&writer.uint32(16).uint32(message.pid),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCreateTaskResponse();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==16)break;message.
pid=reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseStartRequest(){
return{containerId:"",execId:""}}var StartRequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),
message.execId!==""&&writer.uint32(18).string(message.execId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),
previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.
__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseStartRequest();for(;reader.pos<end;){let tag=reader.
uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.execId=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseStartResponse(){
return{pid:0}}var StartResponse={encode(message,writer=new BinaryWriter){return message.pid!==0&&writer.uint32(8).uint32(message.pid),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseStartResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.pid=reader.uint32();continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDeleteTaskRequest(){return{
containerId:""}}var DeleteTaskRequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseDeleteTaskRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=
reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDeleteResponse(){
return{id:"",pid:0,exitStatus:0,exitedAt:void 0}}var DeleteResponse={encode(message,writer=new BinaryWriter){return message.id!==""&&writer.uint32(10).string(message.
id),message.pid!==0&&writer.uint32(16).uint32(message.pid),message.exitStatus!==0&&writer.uint32(24).uint32(message.exitStatus),message.exitedAt!==void 0&&Timestamp.
encode(toTimestamp4(message.exitedAt),writer.uint32(34).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDeleteResponse();for(;reader.pos<
end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}case 2:{if(tag!==16)break;message.pid=reader.uint32();
continue}case 3:{if(tag!==24)break;message.exitStatus=reader.uint32();continue}case 4:{if(tag!==34)break;message.exitedAt=fromTimestamp4(Timestamp.decode(reader,
reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDeleteProcessRequest(){
return{containerId:"",execId:""}}var DeleteProcessRequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.
containerId),message.execId!==""&&writer.uint32(18).string(message.execId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDeleteProcessRequest();for(;reader.
pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.execId=
reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseGetRequest(){
return{containerId:"",execId:""}}var GetRequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),
message.execId!==""&&writer.uint32(18).string(message.execId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),
previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.
__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseGetRequest();for(;reader.pos<end;){let tag=reader.
uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.execId=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseGetResponse(){return{
process:void 0}}var GetResponse={encode(message,writer=new BinaryWriter){return message.process!==void 0&&Process.encode(message.process,writer.uint32(10).fork()).
join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;
if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===
void 0?reader.len:reader.pos+length,message=createBaseGetResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.
process=Process.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseListTasksRequest(){return{filter:""}}var ListTasksRequest={encode(message,writer=new BinaryWriter){return message.filter!==""&&writer.uint32(
10).string(message.filter),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseListTasksRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.filter=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseListTasksResponse(){return{tasks:[]}}var ListTasksResponse={encode(message,writer=new BinaryWriter){for(let v of message.tasks)Process.encode(
v,writer.uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseListTasksResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.tasks.push(Process.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseKillRequest(){return{containerId:"",execId:"",signal:0,all:!1}}var KillRequest={encode(message,writer=new BinaryWriter){
return message.containerId!==""&&writer.uint32(10).string(message.containerId),message.execId!==""&&writer.uint32(18).string(message.execId),message.signal!==0&&
writer.uint32(24).uint32(message.signal),message.all!==!1&&writer.uint32(32).bool(message.all),writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseKillRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.
execId=reader.string();continue}case 3:{if(tag!==24)break;message.signal=reader.uint32();continue}case 4:{if(tag!==32)break;message.all=reader.bool();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecProcessRequest(){
return{containerId:"",stdin:"",stdout:"",stderr:"",terminal:!1,spec:void 0,execId:""}}var ExecProcessRequest={encode(message,writer=new BinaryWriter){return message.
containerId!==""&&writer.uint32(10).string(message.containerId),message.stdin!==""&&writer.uint32(18).string(message.stdin),message.stdout!==""&&writer.uint32(26).
string(message.stdout),message.stderr!==""&&writer.uint32(34).string(message.stderr),message.terminal!==!1&&writer.uint32(40).bool(message.terminal),message.spec!==
void 0&&Any.encode(message.spec,writer.uint32(50).fork()).join(),message.execId!==""&&writer.uint32(58).string(message.execId),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseExecProcessRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.
stdin=reader.string();continue}case 3:{if(tag!==26)break;message.stdout=reader.string();continue}case 4:{if(tag!==34)break;message.stderr=reader.string();continue}case 5:{
if(tag!==40)break;message.terminal=reader.bool();continue}case 6:{if(tag!==50)break;message.spec=Any.decode(reader,reader.uint32());continue}case 7:{if(tag!==58)
break;message.execId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseResizePtyRequest(){return{containerId:"",execId:"",width:0,height:0}}var ResizePtyRequest={encode(message,writer=new BinaryWriter){return message.
containerId!==""&&writer.uint32(10).string(message.containerId),message.execId!==""&&writer.uint32(18).string(message.execId),message.width!==0&&writer.uint32(24).
uint32(message.width),message.height!==0&&writer.uint32(32).uint32(message.height),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseResizePtyRequest();for(;reader.pos<
end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.execId=reader.
string();continue}case 3:{if(tag!==24)break;message.width=reader.uint32();continue}case 4:{if(tag!==32)break;message.height=reader.uint32();continue}}if((tag&7)===
4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCloseIORequest(){return{containerId:"",
execId:"",stdin:!1}}var CloseIORequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),message.
execId!==""&&writer.uint32(18).string(message.execId),message.stdin!==!1&&writer.uint32(24).bool(message.stdin),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCloseIORequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.
execId=reader.string();continue}case 3:{if(tag!==24)break;message.stdin=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBasePauseTaskRequest(){return{containerId:""}}var PauseTaskRequest={encode(message,writer=new BinaryWriter){
return message.containerId!==""&&writer.uint32(10).string(message.containerId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBasePauseTaskRequest();for(;reader.pos<
end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(
tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseResumeTaskRequest(){return{containerId:""}}var ResumeTaskRequest={
encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseResumeTaskRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}}if((tag&7)===4||tag===0)break;
reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseListPidsRequest(){return{containerId:""}}var ListPidsRequest={
encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseListPidsRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}}if((tag&7)===4||tag===0)break;
reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseListPidsResponse(){return{processes:[]}}var ListPidsResponse={
encode(message,writer=new BinaryWriter){for(let v of message.processes)ProcessInfo.encode(v,writer.uint32(10).fork()).join();return writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseListPidsResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.processes.push(ProcessInfo.
decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseCheckpointTaskRequest(){return{containerId:"",parentCheckpoint:"",options:void 0}}var CheckpointTaskRequest={encode(message,writer=new BinaryWriter){
return message.containerId!==""&&writer.uint32(10).string(message.containerId),message.parentCheckpoint!==""&&writer.uint32(18).string(message.parentCheckpoint),
message.options!==void 0&&Any.encode(message.options,writer.uint32(26).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCheckpointTaskRequest();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.
parentCheckpoint=reader.string();continue}case 3:{if(tag!==26)break;message.options=Any.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCheckpointTaskResponse(){return{descriptors:[]}}var CheckpointTaskResponse={
encode(message,writer=new BinaryWriter){for(let v of message.descriptors)Descriptor.encode(v,writer.uint32(10).fork()).join();return writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseCheckpointTaskResponse();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.descriptors.push(Descriptor.
decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseUpdateTaskRequest(){return{containerId:"",resources:void 0,annotations:{}}}var UpdateTaskRequest={encode(message,writer=new BinaryWriter){return message.
containerId!==""&&writer.uint32(10).string(message.containerId),message.resources!==void 0&&Any.encode(message.resources,writer.uint32(18).fork()).join(),globalThis.
Object.entries(message.annotations).forEach(([key,value])=>{UpdateTaskRequest_AnnotationsEntry.encode({key,value},writer.uint32(26).fork()).join()}),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseUpdateTaskRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.containerId=reader.string();
continue}case 2:{if(tag!==18)break;message.resources=Any.decode(reader,reader.uint32());continue}case 3:{if(tag!==26)break;let entry3=UpdateTaskRequest_AnnotationsEntry.
decode(reader,reader.uint32());entry3.value!==void 0&&(message.annotations[entry3.key]=entry3.value);continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}
return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseUpdateTaskRequest_AnnotationsEntry(){return{key:"",value:""}}var UpdateTaskRequest_AnnotationsEntry={
encode(message,writer=new BinaryWriter){return message.key!==""&&writer.uint32(10).string(message.key),message.value!==""&&writer.uint32(18).string(message.value),
writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseUpdateTaskRequest_AnnotationsEntry();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;
message.key=reader.string();continue}case 2:{if(tag!==18)break;message.value=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseMetricsRequest(){return{filters:[]}}var MetricsRequest={encode(message,writer=new BinaryWriter){
for(let v of message.filters)writer.uint32(10).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),
previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.
__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseMetricsRequest();for(;reader.pos<end;){
let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.filters.push(reader.string());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&
7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseMetricsResponse(){return{metrics:[]}}var MetricsResponse={encode(message,writer=new BinaryWriter){
for(let v of message.metrics)Metric.encode(v,writer.uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseMetricsResponse();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.metrics.push(Metric.decode(reader,reader.uint32()));continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseWaitRequest(){return{containerId:"",
execId:""}}var WaitRequest={encode(message,writer=new BinaryWriter){return message.containerId!==""&&writer.uint32(10).string(message.containerId),message.execId!==
""&&writer.uint32(18).string(message.execId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseWaitRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.containerId=reader.string();continue}case 2:{if(tag!==18)break;message.execId=reader.string();continue}}if((tag&7)===4||tag===0)break;
reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseWaitResponse(){return{exitStatus:0,exitedAt:void 0}}
var WaitResponse={encode(message,writer=new BinaryWriter){return message.exitStatus!==0&&writer.uint32(8).uint32(message.exitStatus),message.exitedAt!==void 0&&
Timestamp.encode(toTimestamp4(message.exitedAt),writer.uint32(18).fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseWaitResponse();for(;reader.pos<end;){
let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.exitStatus=reader.uint32();continue}case 2:{if(tag!==18)break;message.exitedAt=fromTimestamp4(
Timestamp.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}},
TasksService={create:{path:"/containerd.services.tasks.v1.Tasks/Create",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(CreateTaskRequest.
encode(value).finish()),requestDeserialize:value=>CreateTaskRequest.decode(value),responseSerialize:value=>Buffer.from(CreateTaskResponse.encode(value).finish()),
responseDeserialize:value=>CreateTaskResponse.decode(value)},start:{path:"/containerd.services.tasks.v1.Tasks/Start",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.
from(StartRequest.encode(value).finish()),requestDeserialize:value=>StartRequest.decode(value),responseSerialize:value=>Buffer.from(StartResponse.encode(value).
finish()),responseDeserialize:value=>StartResponse.decode(value)},delete:{path:"/containerd.services.tasks.v1.Tasks/Delete",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.
from(DeleteTaskRequest.encode(value).finish()),requestDeserialize:value=>DeleteTaskRequest.decode(value),responseSerialize:value=>Buffer.from(DeleteResponse.encode(
value).finish()),responseDeserialize:value=>DeleteResponse.decode(value)},deleteProcess:{path:"/containerd.services.tasks.v1.Tasks/DeleteProcess",requestStream:!1,
responseStream:!1,requestSerialize:value=>Buffer.from(DeleteProcessRequest.encode(value).finish()),requestDeserialize:value=>DeleteProcessRequest.decode(value),
responseSerialize:value=>Buffer.from(DeleteResponse.encode(value).finish()),responseDeserialize:value=>DeleteResponse.decode(value)},get:{path:"/containerd.serv\
ices.tasks.v1.Tasks/Get",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(GetRequest.encode(value).finish()),requestDeserialize:value=>GetRequest.
decode(value),responseSerialize:value=>Buffer.from(GetResponse.encode(value).finish()),responseDeserialize:value=>GetResponse.decode(value)},list:{path:"/contai\
nerd.services.tasks.v1.Tasks/List",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ListTasksRequest.encode(value).finish()),requestDeserialize:value=>ListTasksRequest.
decode(value),responseSerialize:value=>Buffer.from(ListTasksResponse.encode(value).finish()),responseDeserialize:value=>ListTasksResponse.decode(value)},kill:{path:"\
/containerd.services.tasks.v1.Tasks/Kill",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(KillRequest.encode(value).finish()),requestDeserialize:value=>KillRequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},exec:{path:"/containerd.service\
s.tasks.v1.Tasks/Exec",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ExecProcessRequest.encode(value).finish()),requestDeserialize:value=>ExecProcessRequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},resizePty:{path:"/containerd.se\
rvices.tasks.v1.Tasks/ResizePty",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ResizePtyRequest.encode(value).finish()),requestDeserialize:value=>ResizePtyRequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},closeIo:{path:"/containerd.serv\
ices.tasks.v1.Tasks/CloseIO",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(CloseIORequest.encode(value).finish()),requestDeserialize:value=>CloseIORequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},pause:{path:"/containerd.servic\
es.tasks.v1.Tasks/Pause",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(PauseTaskRequest.encode(value).finish()),requestDeserialize:value=>PauseTaskRequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},resume:{path:"/containerd.servi\
ces.tasks.v1.Tasks/Resume",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ResumeTaskRequest.encode(value).finish()),requestDeserialize:value=>ResumeTaskRequest.
decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.decode(value)},listPids:{path:"/containerd.ser\
vices.tasks.v1.Tasks/ListPids",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ListPidsRequest.encode(value).finish()),requestDeserialize:value=>ListPidsRequest.
decode(value),responseSerialize:value=>Buffer.from(ListPidsResponse.encode(value).finish()),responseDeserialize:value=>ListPidsResponse.decode(value)},checkpoint:{
path:"/containerd.services.tasks.v1.Tasks/Checkpoint",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(CheckpointTaskRequest.encode(value).
finish()),requestDeserialize:value=>CheckpointTaskRequest.decode(value),responseSerialize:value=>Buffer.from(CheckpointTaskResponse.encode(value).finish()),responseDeserialize:value=>CheckpointTaskResponse.
decode(value)},update:{path:"/containerd.services.tasks.v1.Tasks/Update",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(UpdateTaskRequest.
encode(value).finish()),requestDeserialize:value=>UpdateTaskRequest.decode(value),responseSerialize:value=>Buffer.from(Empty.encode(value).finish()),responseDeserialize:value=>Empty.
decode(value)},metrics:{path:"/containerd.services.tasks.v1.Tasks/Metrics",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(MetricsRequest.
encode(value).finish()),requestDeserialize:value=>MetricsRequest.decode(value),responseSerialize:value=>Buffer.from(MetricsResponse.encode(value).finish()),responseDeserialize:value=>MetricsResponse.
decode(value)},wait:{path:"/containerd.services.tasks.v1.Tasks/Wait",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(WaitRequest.encode(value).
finish()),requestDeserialize:value=>WaitRequest.decode(value),responseSerialize:value=>Buffer.from(WaitResponse.encode(value).finish()),responseDeserialize:value=>WaitResponse.
decode(value)}},TasksClient=(0,import_make_client.makeClientConstructor)(TasksService,"containerd.services.tasks.v1.Tasks");function toTimestamp4(date){let seconds=BigInt(
Math.trunc(date.getTime()/1e3)),nanos=date.getTime()%1e3*1e6;return{seconds,nanos}}function fromTimestamp4(t){let millis=(globalThis.Number(t.seconds.toString())||
0)*1e3;return millis+=(t.nanos||0)/1e6,new globalThis.Date(millis)}var Containerd=class{#connection;constructor(socket){this.#connection=new Connection(socket)}close(){this.#connection.close()}async createContainer({namespace:namespace2,
id},spec,ociRuntime){let container={id,labels:{},image:"",runtime:{name:"io.containerd.runc.v2",options:runtimeOptions(ociRuntime)},spec:specAny(spec),snapshotter:"",
snapshotKey:"",createdAt:void 0,updatedAt:void 0,extensions:{},sandbox:""};await this.#connection.call(ContainersService.create,namespace2,{container})}async deleteContainer({
namespace:namespace2,id}){await this.#connection.call(ContainersService.delete,namespace2,{id})}async createTask({namespace:namespace2,id},{stdin="",stdout,stderr,
terminal=!1}){let request2={containerId:id,rootfs:[],stdin,stdout,stderr,terminal,checkpoint:void 0,options:void 0,runtimePath:""};return this.#connection.call(
TasksService.create,namespace2,request2,deadlines.start)}async startTask({namespace:namespace2,id}){return this.#connection.call(TasksService.start,namespace2,{
containerId:id,execId:""},deadlines.start)}async waitTask({namespace:namespace2,id}){return{status:(await this.#connection.call(TasksService.wait,namespace2,{containerId:id,
execId:""},deadlines.none)).exitStatus}}async killTask({namespace:namespace2,id},signal){await this.#connection.call(TasksService.kill,namespace2,{containerId:id,
execId:"",signal,all:!1})}async deleteTask({namespace:namespace2,id}){return{status:(await this.#connection.call(TasksService.delete,namespace2,{containerId:id})).
exitStatus}}async exec({namespace:namespace2,id},execId,process2,io){let request2={containerId:id,execId,...io,spec:processAny(process2)};await this.#connection.
call(TasksService.exec,namespace2,request2,deadlines.start)}async startExec({namespace:namespace2,id},execId){return this.#connection.call(TasksService.start,namespace2,
{containerId:id,execId},deadlines.start)}async waitExec({namespace:namespace2,id},execId){return{status:(await this.#connection.call(TasksService.wait,namespace2,
{containerId:id,execId},deadlines.none)).exitStatus}}async killExec({namespace:namespace2,id},execId,signal){await this.#connection.call(TasksService.kill,namespace2,
{containerId:id,execId,signal,all:!1})}async resizeExec({namespace:namespace2,id},execId,size){let request2={containerId:id,execId,width:size.columns,height:size.
rows};await this.#connection.call(TasksService.resizePty,namespace2,request2)}async closeExecStdin({namespace:namespace2,id},execId){await this.#connection.call(
TasksService.closeIo,namespace2,{containerId:id,execId,stdin:!0})}async deleteExec({namespace:namespace2,id},execId){await this.#connection.call(TasksService.deleteProcess,
namespace2,{containerId:id,execId})}async getTask({namespace:namespace2,id}){let{process:process2}=await this.#connection.call(TasksService.get,namespace2,{containerId:id,
execId:""});if(!process2)throw new TypeError(`Cannot read task "${id}": containerd's answer is empty`);return taskOf(process2)}async listTasks(namespace2){let{tasks}=await this.#connection.
call(TasksService.list,namespace2,{filter:""});return tasks.map(taskOf)}};function taskOf({id,containerId,pid,status,exitStatus}){let state=status===Status2.CREATED?
"created":status===Status2.STOPPED?"stopped":"running";return{id:id||containerId,pid,state,exit:{status:exitStatus}}}var libc3=bindFunctions({madvise:{arguments:["uint64","uint64","int32"],return:"int32"},malloc_trim:{arguments:["uint64"],return:"int32"}}),MADV_DONTNEED=4;function releaseMemory(){
globalThis.gc?.(),libc3.malloc_trim(0n);for(let{start:start2,end}of droppableMappings(readFileSync("/proc/self/smaps","utf8")))libc3.madvise(start2,end-start2,MADV_DONTNEED)}
function droppableMappings(smaps){return smaps.split(/^(?=[0-9a-f]+-[0-9a-f]+ )/m).flatMap(entry=>{let head=/^([0-9a-f]+)-([0-9a-f]+) r-[x-]p [0-9a-f]+ \S+ ([0-9]+) /.
exec(entry);return!head||head[3]==="0"||!/^Anonymous: +0 kB$/m.test(entry)?[]:[{start:BigInt(`0x${head[1]}`),end:BigInt(`0x${head[2]}`)}]})}var levels=["emerg","alert","crit","err","warning","notice","info","debug"];function markedLine(text){if(text.charCodeAt(0)!==60||text.charCodeAt(2)!==62)return;let level=levels[text.charCodeAt(1)-48];return level&&{level,text:text.slice(
3)}}var unmarked=text=>markedLine(text)?.text??text;var blockLimits={head:256,bytes:1<<20};function formatHead({n,t,stream,pid,lines,bytes}){return`{"n":${n},"t":${t},"stream":"${stream}","pid":${pid},"lines":${lines}\
,"bytes":${bytes}}
`}function parseHead(text){try{let head=JSON.parse(text);return[head.n,head.t,head.pid,head.lines,head.bytes].every(one=>Number.isSafeInteger(one)&&one>=0)&&streams.
has(head.stream)&&head.bytes<=blockLimits.bytes?head:void 0}catch{return}}var streams=new Set(["stdout","stderr","kit",...levels]);function*blockLines(head,body,skip){
let{t,stream,pid}=head,isOutput=stream==="stdout"||stream==="stderr",texts=textLines(body);for(let at=skip;at<texts.length;at+=1){let msg=texts[at]??"",marked=isOutput?
markedLine(msg):void 0;yield{n:head.n+at,t,stream:marked?.level??stream,pid,msg:marked?.text??msg}}}function textLines(body){let texts=body.toString("utf8").split(
`
`);return texts.pop(),texts.map(text=>text.endsWith("\r")?text.slice(0,-1):text)}var newline=10,readBytes=16384;function*blockHeads(path){let fd=openIfThere(path);if(fd===void 0)return;let file=new BlockFile(fd);try{for(let block=file.next();block;block=
file.next())yield block.head}finally{file.close()}}var BlockFile=class{#fd;#rest=Buffer.alloc(0);constructor(fd){this.#fd=fd}next(){let end=this.#find(blockLimits.
head,rest=>rest.indexOf(newline)+1);if(end===0||end>blockLimits.head)return;let head=parseHead(this.#rest.toString("utf8",0,end-1));if(!head)return;let whole=end+
head.bytes;if(this.#find(whole,rest=>rest.length>=whole?whole:0)===0)return;let body=this.#rest.subarray(end,whole);return this.#rest=this.#rest.subarray(whole),
{head,body}}close(){closeSync(this.#fd),this.#rest=Buffer.alloc(0)}#find(most,find){for(;;){let found=find(this.#rest);if(found>0||this.#rest.length>=most)return found;
let more=Buffer.allocUnsafe(Math.max(readBytes,most-this.#rest.length)),got=readSync(this.#fd,more);if(got===0)return 0;this.#rest=this.#rest.length===0?more.subarray(
0,got):Buffer.concat([this.#rest,more.subarray(0,got)])}}};function openIfThere(path){try{return openSync(path,"r")}catch{return}}var logLimits={total:16777216,source:1048576,segment:131072,line:16384};function segmentFile(folder,source,first){return join(folder,`${source}.${String(first).padStart(12,"0")}.log`)}var pattern=/^(.+)\.(\d{12})\.log$/s;function listSegments(folder){
let segments=new Map;for(let name2 of namesIn(folder).sort()){let[,source,first]=pattern.exec(name2)??[];if(source===void 0)continue;let known=segments.get(source);
known?known.push(Number(first)):segments.set(source,[Number(first)])}return segments}var logSources=folder=>[...listSegments(folder).keys()].sort();function namesIn(folder){
try{return readdirSync(folder)}catch{return[]}}var refreshMs=1e3,LogFolder=class{path;limits;#sources=new Map;#bytes=0;#refreshedAt=Number.NEGATIVE_INFINITY;constructor(path,limits=logLimits){this.path=path,
this.limits=limits}nextNumber(source){let first=listSegments(this.path).get(source)?.at(-1);if(first===void 0)return 1;let next=first;for(let{n,lines}of blockHeads(
segmentFile(this.path,source,first)))next=n+lines;return next}begin(source,first){this.#refresh(),mkdirSync(this.path,{recursive:!0});let fd=openSync(segmentFile(
this.path,source,first),"ax",416);return this.#segments(source).push({first,bytes:0}),fd}grow(source,bytes){let own2=this.#segments(source),newest=own2.at(-1);for(newest&&
(newest.bytes+=bytes),this.#bytes+=bytes;own2.length>1&&sum(own2)>this.limits.source;)this.#deleteOldest(source);for(;this.#bytes>this.limits.total;){let largest=this.#largest(
source);if(largest===void 0)return;this.#deleteOldest(largest)}}#segments(source){let known=this.#sources.get(source)??[];return this.#sources.set(source,known),
known}#largest(source){let rows=[...this.#sources].filter(([,segments])=>segments.length>1),most=Math.max(...rows.map(([,segments])=>sum(segments))),largest=rows.
filter(([,segments])=>sum(segments)===most).map(([name2])=>name2);return largest.includes(source)?source:largest[0]}#deleteOldest(source){let deleted=this.#segments(
source).shift();deleted&&(this.#bytes-=deleted.bytes,rmSync(segmentFile(this.path,source,deleted.first),{force:!0}))}#refresh(){let now=performance.now();if(now-
this.#refreshedAt<refreshMs)return;this.#refreshedAt=now;let sized=[...listSegments(this.path)].map(([source,firsts])=>{let segments=firsts.map(first=>({first,bytes:sizeOf(
segmentFile(this.path,source,first))}));return[source,segments]});this.#sources=new Map(sized),this.#bytes=sum(sized.flatMap(([,segments])=>segments))}},sum=segments=>segments.
reduce((all16,{bytes})=>all16+bytes,0),sizeOf=path=>statSync(path,{throwIfNoEntry:!1})?.size??0;var newline2=10,none=Buffer.alloc(0),cutMark=" [cut]",cutEnd=Buffer.from(`${cutMark}
`),LineSplitter=class{#limit;#held=none;#heldBytes=0;#skipping=!1;constructor(limit=logLimits.line){this.#limit=limit}push(chunk){let pieces=[],count=0,whole=0,
line=0;for(let at=nextNewline(chunk,0);at!==-1;at=nextNewline(chunk,line)){let tooLong=this.#heldBytes+at-line>this.#limit;(this.#skipping||tooLong||this.#heldBytes>
0)&&(add(pieces,chunk.subarray(whole,line)),whole=at+1,this.#skipping?count-=1:tooLong?pieces.push(...this.#cut(chunk.subarray(line,at))):pieces.push(this.#take(),
chunk.subarray(line,at+1)),this.#skipping=!1),count+=1,line=at+1}add(pieces,chunk.subarray(whole,line));let rest=chunk.subarray(line);return!this.#skipping&&this.#heldBytes+
rest.length>this.#limit?(pieces.push(...this.#cut(rest)),count+=1,this.#skipping=!0):this.#skipping||this.#hold(rest),{pieces,count}}end(){return this.#skipping=
!1,this.#heldBytes===0?{pieces:[],count:0}:{pieces:[this.#take(),cutEnd.subarray(-1)],count:1}}#hold(rest){let bytes=this.#heldBytes+rest.length;if(bytes>this.#held.
length){let larger=Buffer.allocUnsafeSlow(Math.min(this.#limit,Math.max(256,2*bytes)));this.#held.copy(larger,0,0,this.#heldBytes),this.#held=larger}rest.copy(this.#held,
this.#heldBytes),this.#heldBytes=bytes}#take(){let held=this.#held.subarray(0,this.#heldBytes);return this.#held=none,this.#heldBytes=0,held}#cut(more){let start2=Buffer.
concat([this.#take(),more],this.#limit);return[start2.subarray(0,lastWholeCharacter(start2)),cutEnd]}};function nextNewline(chunk,from){let near=Math.min(from+16,
chunk.length);for(let at=from;at<near;at+=1)if(chunk[at]===newline2)return at;return near<chunk.length?chunk.indexOf(newline2,near):-1}function add(pieces,piece){
piece.length>0&&pieces.push(piece)}function lastWholeCharacter(bytes){let end=bytes.length;for(;end>bytes.length-4&&end>0&&((bytes[end-1]??0)&192)===128;)end-=1;
return end>0&&(bytes[end-1]??0)>=192?end-1:bytes.length}var chunkBytes=65536,LogWriter=class{source;folder;pid=0;#next;#fd=-1;#size=0;constructor(folder,source){this.folder=folder,this.source=source}get next(){return this.#next??=
this.folder.nextNumber(this.source),this.#next}write(stream,messages){let bytes=Buffer.from(messages.map(one=>`${one}
`).join("")),sink=this.sink(stream);for(let at=0;at<bytes.length;at+=chunkBytes)sink.push(bytes.subarray(at,at+chunkBytes))}append(stream,{pieces,count}){if(count===
0)return;let bytes=sizeOf2(pieces),pid=stream==="kit"?0:this.pid,head=formatHead({n:this.next,t:Date.now(),stream,pid,lines:count,bytes});this.#put([Buffer.from(
head),...pieces],this.next+count)}appendDated(lines){let last=lines.at(-1);if(!last)return;let texts=lines.map(({n,t,stream,text})=>`${formatHead({n,t,stream,pid:0,
lines:1,bytes:Buffer.byteLength(text)+1})}${text}
`);this.#put([Buffer.from(texts.join(""))],last.n+1)}sink(stream,onLines=()=>{}){let splitter=new LineSplitter,take=lines=>{this.append(stream,lines),onLines(lines)};
return{push:chunk=>take(splitter.push(chunk)),end:()=>take(splitter.end())}}close(){this.#fd!==-1&&closeSync(this.#fd),this.#fd=-1}#put(parts,next){let bytes=sizeOf2(
parts);try{(this.#fd===-1||this.#size+bytes>this.folder.limits.segment)&&this.#begin(),this.folder.grow(this.source,bytes);let written=writevSync(this.#fd,parts);
this.#size+=written,written<bytes&&this.close()}catch{this.close()}this.#next=next}#begin(){this.close(),this.#size=0;try{this.#fd=this.folder.begin(this.source,
this.next)}catch(thrown){if(codeOf(thrown)!=="EEXIST")throw thrown;this.#fd=this.folder.begin(this.source,this.next+1)}}},sizeOf2=parts=>parts.reduce((sum2,{length})=>sum2+
length,0);var all7=process.getBuiltinModule("node:timers/promises");var setTimeout2=all7.setTimeout;var all8=process.getBuiltinModule("node:stream");var Duplex=all8.Duplex;function pollDescriptor(fd,onReady2){let handle=Buffer.alloc(handleBytes);checkUv("uv_poll_init",uv.uv_poll_init(getCurrentEventLoop(),handle,fd));let address=getRawPointer(
handle),watch2={handle,wanted:0,deliver:onReady2,closed:void 0};return live.set(address,watch2),{want:events=>want(watch2,(events.readable?readable:0)|(events.writable?
writable:0)),close:()=>close(watch2)}}var readable=1,writable=2,pollHandleType=8,uv=bindFunctions({uv_handle_size:{arguments:["int32"],return:"uint64"},uv_poll_init:{
arguments:["pointer","pointer","int32"],return:"int32"},uv_poll_start:{arguments:["pointer","int32","pointer"],return:"int32"},uv_poll_stop:{arguments:["pointer"],
return:"int32"},uv_close:{arguments:["pointer","pointer"],return:"void"}}),handleBytes=Number(uv.uv_handle_size(pollHandleType)),live=new Map,native=registerCallbacks(
new DynamicLibrary(null));function registerCallbacks(library){return{library,onPoll:library.registerCallback({arguments:["pointer","int32","int32"],return:"void"},
(address,status,events)=>{let watch2=live.get(address);watch2&&setImmediate(()=>status<0?deliverError(watch2):deliver(watch2,events))}),onClose:library.registerCallback(
{arguments:["pointer"],return:"void"},address=>{let watch2=live.get(address);live.delete(address),setImmediate(()=>watch2?.closed?.())})}}function deliver(watch2,seen){
let events=seen&watch2.wanted;watch2.closed||events===0||watch2.deliver({readable:(events&readable)!==0,writable:(events&writable)!==0})}var pauseAfterError=100;
function deliverError(watch2){setTimeout(()=>start(watch2),pauseAfterError),deliver(watch2,watch2.wanted)}function want(watch2,events){watch2.closed||watch2.wanted===
events||(watch2.wanted=events,events===0?uv.uv_poll_stop(watch2.handle):start(watch2))}function start(watch2){watch2.closed||watch2.wanted===0||checkUv("uv_poll\
_start",uv.uv_poll_start(watch2.handle,watch2.wanted,native.onPoll))}function close(watch2){let{promise,resolve:resolve2}=Promise.withResolvers();return watch2.
closed?Promise.resolve():(watch2.closed=resolve2,uv.uv_close(watch2.handle,native.onClose),promise)}function checkUv(call2,result){if(result<0)throw new SyscallError(
call2,-result)}var DescriptorStream=class extends Duplex{#fd;#poll;#buffer=Buffer.allocUnsafe(65536);#reading=!1;#pending;constructor(fd){super({allowHalfOpen:!1}),this.#fd=fd,
this.#poll=pollDescriptor(fd,({readable:readable2,writable:writable2})=>{writable2&&this.#flush(),readable2&&!this.destroyed&&this.#fill()})}_read(){this.#reading=
!0,this.#watch()}_write(bytes,_encoding,done){this.#pending={bytes,done},this.#flush()}_destroy(error,done){this.#poll.close().then(()=>{closeSync(this.#fd),done(
error)})}#watch(){this.destroyed||this.#poll.want({readable:this.#reading,writable:this.#pending!==void 0})}#fill(){for(;this.#reading;){let bytes=this.#readSome();
if(bytes===void 0)return;this.#reading=this.push(bytes)&&bytes!==null}this.#watch()}#readSome(){try{let length=readSync(this.#fd,this.#buffer);return length===0?
null:Buffer.from(this.#buffer.subarray(0,length))}catch(thrown){if(codeOf(thrown)==="EAGAIN")return;if(codeOf(thrown)==="EIO")return null;this.destroy(thrown);return}}#flush(){
for(;this.#pending;){let{bytes,done}=this.#pending,written=this.#writeSome(bytes);if(written===void 0)break;this.#pending=written<bytes.length?{bytes:bytes.subarray(
written),done}:void 0,this.#pending||done()}this.#watch()}#writeSome(bytes){try{return writeSync(this.#fd,bytes)}catch(thrown){if(codeOf(thrown)==="EAGAIN")return;
this.destroy(thrown);return}}};var all9=process.getBuiltinModule("node:net");var connect=all9.connect;var createServer=all9.createServer;var Socket=all9.Socket;var libc4=bindFunctions({socketpair:{arguments:["int32","int32","int32","buffer"],return:"int32"}}),AF_UNIX=1;function socketPairDescriptors(){let pair=Buffer.alloc(
8);return check("socketpair",libc4.socketpair(AF_UNIX,SOCK_STREAM|SOCK_NONBLOCK|SOCK_CLOEXEC,0,pair)),[pair.readInt32LE(0),pair.readInt32LE(4)]}function socketPair(){
let[a,b]=socketPairDescriptors();return[new Socket({fd:a}),new Socket({fd:b})]}async function serveOnPort(accept,portName){let device2=await findPort(portName);device2!==void 0&&await serveSessions(accept,()=>openPort(device2))}var idleMs=100,
findTries=60,findMs=500;async function findPort(name2){for(let tries=0;tries<findTries;tries+=1){let found=portNames().find(([,portName])=>portName===name2);if(found)
return`/dev/${found[0]}`;await setTimeout2(findMs)}}function portNames(folder="/sys/class/virtio-ports"){try{return readdirSync(folder).map(port=>[port,readFileSync(
`${folder}/${port}/name`,"utf8").trim()])}catch{return[]}}function openPort(device2){try{return openSync(device2,constants.O_RDWR|constants.O_NONBLOCK|constants.
O_NOCTTY)}catch{return}}async function serveSessions(accept,open3){for(;;){let fd=open3();if(fd!==void 0){let first=await hostAttached(fd);await acceptDescriptor(
fd,accept,first)}await setTimeout2(idleMs)}}async function acceptDescriptor(fd,accept,first){let[inside,outside]=socketPair();accept(inside),first&&outside.write(
first),await carry(new DescriptorStream(fd),outside)}async function hostAttached(fd){let buffer=Buffer.alloc(4096);for(;;){try{let length=readSync(fd,buffer);if(length>
0)return buffer.subarray(0,length)}catch(thrown){if(codeOf(thrown)==="EAGAIN")return}await setTimeout2(idleMs)}}async function carry(port,socket){let closed=[port,
socket].map(stream=>new Promise(resolve2=>stream.once("close",resolve2))),end=()=>{port.destroy(),socket.destroy()};for(let stream of[port,socket])stream.on("er\
ror",end).on("end",end).on("close",end);port.pipe(socket),socket.pipe(port),await Promise.all(closed)}var all10=process.getBuiltinModule("node:crypto");var createHash=all10.createHash;var randomUUID=all10.randomUUID;var constants3=all10.constants;var all11=process.getBuiltinModule("node:tls");var createServer2=all11.createServer;function createBaseStatusRequest(){return{}}var StatusRequest={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseStatusRequest();
for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseStatusReply(){return{hostname:"",uptimeS:0,memoryTotal:0n,memoryAvailable:0n,services:[],kernelRelease:"",bootId:"",cpuUsec:0n,cpus:0}}var StatusReply={
encode(message,writer=new BinaryWriter){if(message.hostname!==""&&writer.uint32(10).string(message.hostname),message.uptimeS!==0&&writer.uint32(17).double(message.
uptimeS),message.memoryTotal!==0n){if(BigInt.asUintN(64,message.memoryTotal)!==message.memoryTotal)throw new globalThis.Error("value provided for field message.\
memoryTotal of type uint64 too large");writer.uint32(24).uint64(message.memoryTotal)}if(message.memoryAvailable!==0n){if(BigInt.asUintN(64,message.memoryAvailable)!==
message.memoryAvailable)throw new globalThis.Error("value provided for field message.memoryAvailable of type uint64 too large");writer.uint32(32).uint64(message.
memoryAvailable)}for(let v of message.services)Service.encode(v,writer.uint32(42).fork()).join();if(message.kernelRelease!==""&&writer.uint32(50).string(message.
kernelRelease),message.bootId!==""&&writer.uint32(58).string(message.bootId),message.cpuUsec!==0n){if(BigInt.asUintN(64,message.cpuUsec)!==message.cpuUsec)throw new globalThis.
Error("value provided for field message.cpuUsec of type uint64 too large");writer.uint32(64).uint64(message.cpuUsec)}return message.cpus!==0&&writer.uint32(72).
uint32(message.cpus),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseStatusReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.hostname=reader.string();continue}case 2:{if(tag!==17)break;message.uptimeS=reader.double();continue}case 3:{if(tag!==24)break;message.memoryTotal=
reader.uint64();continue}case 4:{if(tag!==32)break;message.memoryAvailable=reader.uint64();continue}case 5:{if(tag!==42)break;message.services.push(Service.decode(
reader,reader.uint32()));continue}case 6:{if(tag!==50)break;message.kernelRelease=reader.string();continue}case 7:{if(tag!==58)break;message.bootId=reader.string();
continue}case 8:{if(tag!==64)break;message.cpuUsec=reader.uint64();continue}case 9:{if(tag!==72)break;message.cpus=reader.uint32();continue}}if((tag&7)===4||tag===
0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseService(){return{name:"",section:"",state:"",
restarts:0,pid:0,lastExit:"",memoryBytes:0n,memoryLimitBytes:0n,cpuUsec:0n,processes:0,ageS:0,health:"",healthAgeS:0,healthFalls:0,crashLoop:!1,oomKills:0}}var Service={
encode(message,writer=new BinaryWriter){if(message.name!==""&&writer.uint32(10).string(message.name),message.section!==""&&writer.uint32(18).string(message.section),
message.state!==""&&writer.uint32(26).string(message.state),message.restarts!==0&&writer.uint32(32).uint32(message.restarts),message.pid!==0&&writer.uint32(40).
uint32(message.pid),message.lastExit!==""&&writer.uint32(50).string(message.lastExit),message.memoryBytes!==0n){if(BigInt.asUintN(64,message.memoryBytes)!==message.
memoryBytes)throw new globalThis.Error("value provided for field message.memoryBytes of type uint64 too large");writer.uint32(56).uint64(message.memoryBytes)}if(message.
memoryLimitBytes!==0n){if(BigInt.asUintN(64,message.memoryLimitBytes)!==message.memoryLimitBytes)throw new globalThis.Error("value provided for field message.me\
moryLimitBytes of type uint64 too large");writer.uint32(64).uint64(message.memoryLimitBytes)}if(message.cpuUsec!==0n){if(BigInt.asUintN(64,message.cpuUsec)!==message.
cpuUsec)throw new globalThis.Error("value provided for field message.cpuUsec of type uint64 too large");writer.uint32(72).uint64(message.cpuUsec)}return message.
processes!==0&&writer.uint32(80).uint32(message.processes),message.ageS!==0&&writer.uint32(89).double(message.ageS),message.health!==""&&writer.uint32(98).string(
message.health),message.healthAgeS!==0&&writer.uint32(105).double(message.healthAgeS),message.healthFalls!==0&&writer.uint32(112).uint32(message.healthFalls),message.
crashLoop!==!1&&writer.uint32(120).bool(message.crashLoop),message.oomKills!==0&&writer.uint32(128).uint32(message.oomKills),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseService();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.name=reader.string();continue}case 2:{if(tag!==18)break;message.
section=reader.string();continue}case 3:{if(tag!==26)break;message.state=reader.string();continue}case 4:{if(tag!==32)break;message.restarts=reader.uint32();continue}case 5:{
if(tag!==40)break;message.pid=reader.uint32();continue}case 6:{if(tag!==50)break;message.lastExit=reader.string();continue}case 7:{if(tag!==56)break;message.memoryBytes=
reader.uint64();continue}case 8:{if(tag!==64)break;message.memoryLimitBytes=reader.uint64();continue}case 9:{if(tag!==72)break;message.cpuUsec=reader.uint64();continue}case 10:{
if(tag!==80)break;message.processes=reader.uint32();continue}case 11:{if(tag!==89)break;message.ageS=reader.double();continue}case 12:{if(tag!==98)break;message.
health=reader.string();continue}case 13:{if(tag!==105)break;message.healthAgeS=reader.double();continue}case 14:{if(tag!==112)break;message.healthFalls=reader.uint32();
continue}case 15:{if(tag!==120)break;message.crashLoop=reader.bool();continue}case 16:{if(tag!==128)break;message.oomKills=reader.uint32();continue}}if((tag&7)===
4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseIncidentsRequest(){return{service:""}}
var IncidentsRequest={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseIncidentsRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseIncidentsReply(){
return{incidents:[],bootId:""}}var IncidentsReply={encode(message,writer=new BinaryWriter){for(let v of message.incidents)Incident.encode(v,writer.uint32(10).fork()).
join();return message.bootId!==""&&writer.uint32(18).string(message.bootId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseIncidentsReply();for(;reader.pos<
end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.incidents.push(Incident.decode(reader,reader.uint32()));continue}case 2:{if(tag!==
18)break;message.bootId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseIncident(){return{service:"",what:"",firstMs:0n,lastMs:0n,count:0,lines:[],stack:[],bootId:""}}var Incident={encode(message,writer=new BinaryWriter){
if(message.service!==""&&writer.uint32(10).string(message.service),message.what!==""&&writer.uint32(18).string(message.what),message.firstMs!==0n){if(BigInt.asUintN(
64,message.firstMs)!==message.firstMs)throw new globalThis.Error("value provided for field message.firstMs of type uint64 too large");writer.uint32(24).uint64(message.
firstMs)}if(message.lastMs!==0n){if(BigInt.asUintN(64,message.lastMs)!==message.lastMs)throw new globalThis.Error("value provided for field message.lastMs of ty\
pe uint64 too large");writer.uint32(32).uint64(message.lastMs)}message.count!==0&&writer.uint32(40).uint32(message.count);for(let v of message.lines)LogLine.encode(
v,writer.uint32(50).fork()).join();for(let v of message.stack)writer.uint32(58).string(v);return message.bootId!==""&&writer.uint32(66).string(message.bootId),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseIncident();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.
string();continue}case 2:{if(tag!==18)break;message.what=reader.string();continue}case 3:{if(tag!==24)break;message.firstMs=reader.uint64();continue}case 4:{if(tag!==
32)break;message.lastMs=reader.uint64();continue}case 5:{if(tag!==40)break;message.count=reader.uint32();continue}case 6:{if(tag!==50)break;message.lines.push(LogLine.
decode(reader,reader.uint32()));continue}case 7:{if(tag!==58)break;message.stack.push(reader.string());continue}case 8:{if(tag!==66)break;message.bootId=reader.
string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseReportRequest(){
return{}}var ReportRequest={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportRequest();for(;reader.pos<
end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseReportReply(){return{parts:[]}}var ReportReply={encode(message,writer=new BinaryWriter){for(let v of message.parts)ReportPart.encode(v,writer.
uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.parts.push(ReportPart.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{
reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseReportPart(){return{name:"",text:""}}var ReportPart={encode(message,writer=new BinaryWriter){
return message.name!==""&&writer.uint32(10).string(message.name),message.text!==""&&writer.uint32(18).string(message.text),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseReportPart();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.name=reader.string();continue}case 2:{if(tag!==18)break;message.
text=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLogsRequest(){
return{services:[],follow:!1,tail:0,sinceMs:0n,all:!1,after:[],logId:""}}var LogsRequest={encode(message,writer=new BinaryWriter){for(let v of message.services)
writer.uint32(10).string(v);if(message.follow!==!1&&writer.uint32(16).bool(message.follow),message.tail!==0&&writer.uint32(24).uint32(message.tail),message.sinceMs!==
0n){if(BigInt.asUintN(64,message.sinceMs)!==message.sinceMs)throw new globalThis.Error("value provided for field message.sinceMs of type uint64 too large");writer.
uint32(32).uint64(message.sinceMs)}message.all!==!1&&writer.uint32(40).bool(message.all);for(let v of message.after)LogPosition.encode(v,writer.uint32(50).fork()).
join();return message.logId!==""&&writer.uint32(58).string(message.logId),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogsRequest();for(;reader.pos<end;){
let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.services.push(reader.string());continue}case 2:{if(tag!==16)break;message.follow=reader.
bool();continue}case 3:{if(tag!==24)break;message.tail=reader.uint32();continue}case 4:{if(tag!==32)break;message.sinceMs=reader.uint64();continue}case 5:{if(tag!==
40)break;message.all=reader.bool();continue}case 6:{if(tag!==50)break;message.after.push(LogPosition.decode(reader,reader.uint32()));continue}case 7:{if(tag!==58)
break;message.logId=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLogPosition(){return{source:"",sequence:0n}}var LogPosition={encode(message,writer=new BinaryWriter){if(message.source!==""&&writer.uint32(10).
string(message.source),message.sequence!==0n){if(BigInt.asUintN(64,message.sequence)!==message.sequence)throw new globalThis.Error("value provided for field mes\
sage.sequence of type uint64 too large");writer.uint32(16).uint64(message.sequence)}return writer},decode(input,length){let reader=input instanceof BinaryReader?
input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode r\
ecursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogPosition();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.source=reader.string();continue}case 2:{if(tag!==16)break;message.
sequence=reader.uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLogLines(){return{lines:[],logId:"",after:[]}}var LogLines={encode(message,writer=new BinaryWriter){for(let v of message.lines)LogLine.encode(
v,writer.uint32(10).fork()).join();message.logId!==""&&writer.uint32(18).string(message.logId);for(let v of message.after)LogPosition.encode(v,writer.uint32(26).
fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogLines();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.lines.push(LogLine.decode(reader,reader.uint32()));continue}case 2:{if(tag!==18)break;message.logId=reader.string();continue}case 3:{if(tag!==26)
break;message.after.push(LogPosition.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseLogLine(){return{timeMs:0n,source:"",stream:"",message:"",pid:0,sequence:0n,missed:0n}}var LogLine={encode(message,writer=new BinaryWriter){
if(message.timeMs!==0n){if(BigInt.asUintN(64,message.timeMs)!==message.timeMs)throw new globalThis.Error("value provided for field message.timeMs of type uint64\
 too large");writer.uint32(8).uint64(message.timeMs)}if(message.source!==""&&writer.uint32(18).string(message.source),message.stream!==""&&writer.uint32(26).string(
message.stream),message.message!==""&&writer.uint32(34).string(message.message),message.pid!==0&&writer.uint32(40).uint32(message.pid),message.sequence!==0n){if(BigInt.
asUintN(64,message.sequence)!==message.sequence)throw new globalThis.Error("value provided for field message.sequence of type uint64 too large");writer.uint32(48).
uint64(message.sequence)}if(message.missed!==0n){if(BigInt.asUintN(64,message.missed)!==message.missed)throw new globalThis.Error("value provided for field mess\
age.missed of type uint64 too large");writer.uint32(56).uint64(message.missed)}return writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLogLine();for(;reader.
pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.timeMs=reader.uint64();continue}case 2:{if(tag!==18)break;message.source=reader.
string();continue}case 3:{if(tag!==26)break;message.stream=reader.string();continue}case 4:{if(tag!==34)break;message.message=reader.string();continue}case 5:{if(tag!==
40)break;message.pid=reader.uint32();continue}case 6:{if(tag!==48)break;message.sequence=reader.uint64();continue}case 7:{if(tag!==56)break;message.missed=reader.
uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseServiceRequest(){
return{service:""}}var ServiceRequest={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseServiceRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseServiceReply(){
return{service:void 0}}var ServiceReply={encode(message,writer=new BinaryWriter){return message.service!==void 0&&Service.encode(message.service,writer.uint32(10).
fork()).join(),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??
0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{
let end=length===void 0?reader.len:reader.pos+length,message=createBaseServiceReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.service=Service.decode(reader,reader.uint32());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseExecInput(){return{start:void 0,stdin:void 0,stdinEnd:void 0,resize:void 0,signal:void 0}}var ExecInput={encode(message,writer=new BinaryWriter){
return message.start!==void 0&&ExecStart.encode(message.start,writer.uint32(10).fork()).join(),message.stdin!==void 0&&writer.uint32(18).bytes(message.stdin),message.
stdinEnd!==void 0&&writer.uint32(24).bool(message.stdinEnd),message.resize!==void 0&&Window.encode(message.resize,writer.uint32(34).fork()).join(),message.signal!==
void 0&&writer.uint32(42).string(message.signal),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseExecInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==
10)break;message.start=ExecStart.decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.stdin=reader.bytes();continue}case 3:{if(tag!==24)break;
message.stdinEnd=reader.bool();continue}case 4:{if(tag!==34)break;message.resize=Window.decode(reader,reader.uint32());continue}case 5:{if(tag!==42)break;message.
signal=reader.string();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecStart(){
return{service:"",command:[],terminal:void 0,term:"",image:void 0}}var ExecStart={encode(message,writer=new BinaryWriter){message.service!==""&&writer.uint32(10).
string(message.service);for(let v of message.command)writer.uint32(18).string(v);return message.terminal!==void 0&&Window.encode(message.terminal,writer.uint32(
26).fork()).join(),message.term!==""&&writer.uint32(34).string(message.term),message.image!==void 0&&DebugImage.encode(message.image,writer.uint32(42).fork()).join(),
writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseExecStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.
string();continue}case 2:{if(tag!==18)break;message.command.push(reader.string());continue}case 3:{if(tag!==26)break;message.terminal=Window.decode(reader,reader.
uint32());continue}case 4:{if(tag!==34)break;message.term=reader.string();continue}case 5:{if(tag!==42)break;message.image=DebugImage.decode(reader,reader.uint32());
continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugImage(){
return{layers:[],env:[]}}var DebugImage={encode(message,writer=new BinaryWriter){for(let v of message.layers)Layer.encode(v,writer.uint32(10).fork()).join();for(let v of message.
env)writer.uint32(18).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDebugImage();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.layers.push(Layer.decode(reader,reader.uint32()));continue}case 2:{if(tag!==18)break;message.env.push(reader.string());continue}}if((tag&
7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayer(){return{id:"",digest:"",
bytes:0n}}var Layer={encode(message,writer=new BinaryWriter){if(message.id!==""&&writer.uint32(10).string(message.id),message.digest!==""&&writer.uint32(18).string(
message.digest),message.bytes!==0n){if(BigInt.asUintN(64,message.bytes)!==message.bytes)throw new globalThis.Error("value provided for field message.bytes of ty\
pe uint64 too large");writer.uint32(24).uint64(message.bytes)}return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(
input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");
reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayer();for(;reader.pos<end;){let tag=reader.
uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.id=reader.string();continue}case 2:{if(tag!==18)break;message.digest=reader.string();continue}case 3:{
if(tag!==24)break;message.bytes=reader.uint64();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseLayersRequest(){return{layers:[]}}var LayersRequest={encode(message,writer=new BinaryWriter){for(let v of message.layers)Layer.encode(v,writer.
uint32(10).fork()).join();return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayersRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.layers.push(Layer.decode(reader,reader.uint32()));continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayersReply(){return{missing:[]}}var LayersReply={encode(message,writer=new BinaryWriter){for(let v of message.
missing)writer.uint32(10).string(v);return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseLayersReply();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.missing.push(reader.string());continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseLayerInput(){return{start:void 0,data:void 0}}var LayerInput={encode(message,writer=new BinaryWriter){return message.
start!==void 0&&Layer.encode(message.start,writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseLayerInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=Layer.decode(reader,reader.
uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseLayerReply(){return{}}var LayerReply={encode(_,writer=new BinaryWriter){return writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseLayerReply();for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.
__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseWindow(){return{rows:0,columns:0}}var Window={encode(message,writer=new BinaryWriter){return message.
rows!==0&&writer.uint32(8).uint32(message.rows),message.columns!==0&&writer.uint32(16).uint32(message.columns),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseWindow();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.rows=reader.uint32();continue}case 2:{if(tag!==16)break;message.columns=
reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecOutput(){
return{stdout:void 0,stderr:void 0,end:void 0}}var ExecOutput={encode(message,writer=new BinaryWriter){return message.stdout!==void 0&&writer.uint32(10).bytes(message.
stdout),message.stderr!==void 0&&writer.uint32(18).bytes(message.stderr),message.end!==void 0&&ExecEnd.encode(message.end,writer.uint32(26).fork()).join(),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseExecOutput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.stdout=reader.
bytes();continue}case 2:{if(tag!==18)break;message.stderr=reader.bytes();continue}case 3:{if(tag!==26)break;message.end=ExecEnd.decode(reader,reader.uint32());continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseExecEnd(){return{
status:0}}var ExecEnd={encode(message,writer=new BinaryWriter){return message.status!==0&&writer.uint32(8).uint32(message.status),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseExecEnd();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==8)break;message.status=reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseTunnelOutput(){return{data:void 0,end:void 0}}var TunnelOutput={
encode(message,writer=new BinaryWriter){return message.data!==void 0&&writer.uint32(10).bytes(message.data),message.end!==void 0&&writer.uint32(16).bool(message.
end),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseTunnelOutput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.data=reader.
bytes();continue}case 2:{if(tag!==16)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=
previousRecursionDepth}}};function createBaseForwardInput(){return{start:void 0,data:void 0,end:void 0}}var ForwardInput={encode(message,writer=new BinaryWriter){
return message.start!==void 0&&ForwardStart.encode(message.start,writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),message.
end!==void 0&&writer.uint32(24).bool(message.end),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseForwardInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.start=ForwardStart.decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==
24)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};
function createBaseForwardStart(){return{service:"",port:0}}var ForwardStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(
10).string(message.service),message.port!==0&&writer.uint32(16).uint32(message.port),writer},decode(input,length){let reader=input instanceof BinaryReader?input:
new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursi\
on limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseForwardStart();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}case 2:{if(tag!==16)break;message.
port=reader.uint32();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugInput(){
return{start:void 0,data:void 0,end:void 0}}var DebugInput={encode(message,writer=new BinaryWriter){return message.start!==void 0&&DebugStart.encode(message.start,
writer.uint32(10).fork()).join(),message.data!==void 0&&writer.uint32(18).bytes(message.data),message.end!==void 0&&writer.uint32(24).bool(message.end),writer},
decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=
100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.
len:reader.pos+length,message=createBaseDebugInput();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=DebugStart.
decode(reader,reader.uint32());continue}case 2:{if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==24)break;message.end=reader.bool();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseDebugStart(){return{
service:"",break:!1}}var DebugStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),message.break!==
!1&&writer.uint32(16).bool(message.break),writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseDebugStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{
if(tag!==10)break;message.service=reader.string();continue}case 2:{if(tag!==16)break;message.break=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.
skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCopyInput(){return{start:void 0,data:void 0,end:void 0}}
var CopyInput={encode(message,writer=new BinaryWriter){return message.start!==void 0&&CopyStart.encode(message.start,writer.uint32(10).fork()).join(),message.data!==
void 0&&writer.uint32(18).bytes(message.data),message.end!==void 0&&writer.uint32(24).bool(message.end),writer},decode(input,length){let reader=input instanceof
BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("prot\
obuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseCopyInput();
for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.start=CopyStart.decode(reader,reader.uint32());continue}case 2:{
if(tag!==18)break;message.data=reader.bytes();continue}case 3:{if(tag!==24)break;message.end=reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&
7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseCopyStart(){return{service:"",path:"",direction:"",follow:!1}}
var CopyStart={encode(message,writer=new BinaryWriter){return message.service!==""&&writer.uint32(10).string(message.service),message.path!==""&&writer.uint32(18).
string(message.path),message.direction!==""&&writer.uint32(26).string(message.direction),message.follow!==!1&&writer.uint32(32).bool(message.follow),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseCopyStart();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.service=reader.string();continue}case 2:{
if(tag!==18)break;message.path=reader.string();continue}case 3:{if(tag!==26)break;message.direction=reader.string();continue}case 4:{if(tag!==32)break;message.follow=
reader.bool();continue}}if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseEndRequest(){
return{ending:""}}var EndRequest={encode(message,writer=new BinaryWriter){return message.ending!==""&&writer.uint32(10).string(message.ending),writer},decode(input,length){
let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.
Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+1;try{let end=length===void 0?reader.len:reader.pos+length,
message=createBaseEndRequest();for(;reader.pos<end;){let tag=reader.uint32();switch(tag>>>3){case 1:{if(tag!==10)break;message.ending=reader.string();continue}}
if((tag&7)===4||tag===0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}};function createBaseEndReply(){return{}}
var EndReply={encode(_,writer=new BinaryWriter){return writer},decode(input,length){let reader=input instanceof BinaryReader?input:new BinaryReader(input),previousRecursionDepth=reader.
__tsProtoDecodeDepth??0;if(previousRecursionDepth>=100)throw new globalThis.Error("protobuf decode recursion limit exceeded");reader.__tsProtoDecodeDepth=previousRecursionDepth+
1;try{let end=length===void 0?reader.len:reader.pos+length,message=createBaseEndReply();for(;reader.pos<end;){let tag=reader.uint32();if(tag>>>3,(tag&7)===4||tag===
0)break;reader.skip(tag&7)}return message}finally{reader.__tsProtoDecodeDepth=previousRecursionDepth}}},ControlService={status:{path:"/kit.control.v1.Control/St\
atus",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(StatusRequest.encode(value).finish()),requestDeserialize:value=>StatusRequest.decode(
value),responseSerialize:value=>Buffer.from(StatusReply.encode(value).finish()),responseDeserialize:value=>StatusReply.decode(value)},logs:{path:"/kit.control.v\
1.Control/Logs",requestStream:!1,responseStream:!0,requestSerialize:value=>Buffer.from(LogsRequest.encode(value).finish()),requestDeserialize:value=>LogsRequest.
decode(value),responseSerialize:value=>Buffer.from(LogLines.encode(value).finish()),responseDeserialize:value=>LogLines.decode(value)},startService:{path:"/kit.\
control.v1.Control/StartService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},stopService:{path:"\
/kit.control.v1.Control/StopService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},restartService:{path:"\
/kit.control.v1.Control/RestartService",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ServiceRequest.encode(value).finish()),requestDeserialize:value=>ServiceRequest.
decode(value),responseSerialize:value=>Buffer.from(ServiceReply.encode(value).finish()),responseDeserialize:value=>ServiceReply.decode(value)},incidents:{path:"\
/kit.control.v1.Control/Incidents",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(IncidentsRequest.encode(value).finish()),requestDeserialize:value=>IncidentsRequest.
decode(value),responseSerialize:value=>Buffer.from(IncidentsReply.encode(value).finish()),responseDeserialize:value=>IncidentsReply.decode(value)},report:{path:"\
/kit.control.v1.Control/Report",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(ReportRequest.encode(value).finish()),requestDeserialize:value=>ReportRequest.
decode(value),responseSerialize:value=>Buffer.from(ReportReply.encode(value).finish()),responseDeserialize:value=>ReportReply.decode(value)},exec:{path:"/kit.co\
ntrol.v1.Control/Exec",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(ExecInput.encode(value).finish()),requestDeserialize:value=>ExecInput.
decode(value),responseSerialize:value=>Buffer.from(ExecOutput.encode(value).finish()),responseDeserialize:value=>ExecOutput.decode(value)},missingLayers:{path:"\
/kit.control.v1.Control/MissingLayers",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(LayersRequest.encode(value).finish()),requestDeserialize:value=>LayersRequest.
decode(value),responseSerialize:value=>Buffer.from(LayersReply.encode(value).finish()),responseDeserialize:value=>LayersReply.decode(value)},pushLayer:{path:"/k\
it.control.v1.Control/PushLayer",requestStream:!0,responseStream:!1,requestSerialize:value=>Buffer.from(LayerInput.encode(value).finish()),requestDeserialize:value=>LayerInput.
decode(value),responseSerialize:value=>Buffer.from(LayerReply.encode(value).finish()),responseDeserialize:value=>LayerReply.decode(value)},forward:{path:"/kit.c\
ontrol.v1.Control/Forward",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(ForwardInput.encode(value).finish()),requestDeserialize:value=>ForwardInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},debug:{path:"/kit\
.control.v1.Control/Debug",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(DebugInput.encode(value).finish()),requestDeserialize:value=>DebugInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},copy:{path:"/kit.\
control.v1.Control/Copy",requestStream:!0,responseStream:!0,requestSerialize:value=>Buffer.from(CopyInput.encode(value).finish()),requestDeserialize:value=>CopyInput.
decode(value),responseSerialize:value=>Buffer.from(TunnelOutput.encode(value).finish()),responseDeserialize:value=>TunnelOutput.decode(value)},end:{path:"/kit.c\
ontrol.v1.Control/End",requestStream:!1,responseStream:!1,requestSerialize:value=>Buffer.from(EndRequest.encode(value).finish()),requestDeserialize:value=>EndRequest.
decode(value),responseSerialize:value=>Buffer.from(EndReply.encode(value).finish()),responseDeserialize:value=>EndReply.decode(value)}},ControlClient=(0,import_make_client.makeClientConstructor)(
ControlService,"kit.control.v1.Control");var roleNames=["read","operate","debug"],roles={status:"read",logs:"read",incidents:"read",report:"read",startService:"operate",stopService:"operate",restartService:"\
operate",forward:"operate",end:"operate",copy:"debug",exec:"debug",missingLayers:"debug",pushLayer:"debug",debug:"debug"},roleOfPath=new Map(Object.entries(ControlService).
map(([call2,{path}])=>[path,roles[call2]])),neededRole=path=>roleOfPath.get(path)??"debug",includes=(granted,needed)=>roleNames.indexOf(granted)>=roleNames.indexOf(
needed);function callerOfCertificate(call2){let subject=call2.getAuthContext().sslPeerCertificate?.subject,name2=JSON.stringify(String(subject?.CN??"")).slice(0,80);return{
name:`${clientAt(call2.getConnectionInfo().remoteAddress)} with the certificate of ${name2}`,role:roleOf(subject?.OU)}}function clientAt(address){return`a clien\
t at ${address??"an unknown address"}`}function roleOf(units){let named2=[units??[]].flat();return roleNames.findLast(role=>named2.includes(role))??"read"}var maxFileBytes=1<<20;function readTlsFiles({ca,certificate,key,crl}){return{ca:readPem(ca),cert:readPem(certificate),key:readPem(key),crl:crl&&readPem(crl)}}function readPem(path){
let{size}=statSync(path);if(size>maxFileBytes)throw new Error(`${path} has ${size} bytes, more than ${maxFileBytes}`);return readFileSync(path,"utf8")}function isSameFiles(a,b){
return a.ca===b.ca&&a.cert===b.cert&&a.key===b.key&&a.crl===b.crl}function http2Servers(server){let{http2Servers:servers}=server;return[...servers?.keys()??[]]}function guard({callerOf,production:production2,log}){return(method,call2)=>{let caller=callerOf(call2),needed=neededRole(method.path),role=production2&&caller.
role==="debug"?"operate":caller.role;if(includes(role,needed))return new import_server_interceptors.ServerInterceptingCall(call2);let name2=method.path.slice(method.
path.lastIndexOf("/")+1),why=production2&&needed==="debug"?"which nobody has, as the image was built with --production":`and this client has role ${role}`,details=`\
Cannot call ${name2}: it takes role ${needed}, ${why}`;log.log(`${caller.name} ${name2}`,`${caller.name} was refused. ${details}`);let refuse=()=>call2.sendStatus(
{code:import_constants.Status.PERMISSION_DENIED,details});return new import_server_interceptors.ServerInterceptingCall(call2,{start:next=>next({onReceiveMetadata:refuse})})}}var maxMessageBytes=4<<20,serverOptions={"grpc.enable_channelz":0,"grpc.keepalive_time_ms":1e4,"grpc.keepalive_timeout_ms":1e4,"grpc.max_receive_message_length":maxMessageBytes};
function serveTransport({control,production:production2,log},{name:name2,callerOf,maxCalls}){let interceptors=[guard({callerOf,production:production2,log})],server=new import_server.Server(
{...serverOptions,"grpc.max_concurrent_streams":maxCalls,interceptors});server.addService(ControlService,control);let injector=server.createConnectionInjector(import_server_credentials.ServerCredentials.
createInsecure());for(let sessions of http2Servers(server))sessions.on("sessionError",error=>log.log(`${name2} session`,`${name2} broke off: ${reasonOf(error)}`));
return connection=>{connection.on("error",()=>{}),injector.injectConnection(connection)}}var lookEveryMs=5e3,graceMs=6e4,handshakeMs=1e4,maxConnections=256;async function serveOverTls(settings,config,everyMs=lookEveryMs){let accept=serveTransport(settings,
{name:"a client with a certificate",callerOf:callerOfCertificate,maxCalls:100}),{log}=settings,startedMs=performance.now(),open3;for(;;){try{let files=readTlsFiles(
config);if(!open3||!isSameFiles(files,open3.files)){let server=createServer2({...tlsOptions,...files});await open3?.close(),open3=void 0,open3={files,close:await listen(
server,config,accept,log)}}}catch(thrown){if(!(codeOf(thrown)==="ENOENT"||codeOf(thrown)==="EADDRNOTAVAIL")||performance.now()-startedMs>graceMs){let state=open3?
"the old files stay in use":"nothing is served there";log.log("tls",`cannot listen on ${config.host}:${config.port}, ${state}: ${reasonOf(thrown)}`)}}await setTimeout2(
everyMs)}}var tlsOptions={minVersion:"TLSv1.3",requestCert:!0,rejectUnauthorized:!0,ALPNProtocols:["h2"],handshakeTimeout:handshakeMs,secureOptions:constants3.SSL_OP_NO_TICKET,
noDelay:!0};async function listen(server,{host,port},accept,log){let connections=new Set;return server.on("secureConnection",socket=>{connections.add(socket),socket.
once("close",()=>connections.delete(socket)),accept(socket)}),server.maxConnections=maxConnections,logRefusals(server,log),server.listen({port,...host!==""&&{host}}),
await once(server,"listening"),server.on("error",error=>log.log("tls",`TLS: ${reasonOf(error)}`)),async()=>{let closed=once(server,"close");server.close();for(let socket of connections)
socket.destroy();await closed}}function logRefusals(server,log){server.on("connection",socket=>{socket.remoteAddress}),server.on("tlsClientError",(error,socket)=>{
let refused=socket.authorizationError,why=refused?`its certificate is not accepted (${String(refused)})`:reasonOfHandshake(error),address=socket._parent?.remoteAddress;
log.log(`tls ${String(refused??codeOf(error))}`,`${clientAt(address)} did not get in: ${why}`)}),server.on("drop",drop=>{log.log("tls full",`${clientAt(drop?.remoteAddress)}\
 did not get in: ${maxConnections} are connected`)})}function reasonOfHandshake(error){return codeOf(error)==="ECONNRESET"?"it closed the connection":error.reason??
reasonOf(error)}async function serveOnUnixSocket(accept,path,mode){mkdirSync(dirname(path),{recursive:!0}),rmSync(path,{force:!0});let server=createServer({allowHalfOpen:!1},accept),
before=process.umask(511);server.listen(path),process.umask(before),await once(server,"listening"),chmodSync(path,mode)}var libc5=bindFunctions({listen:{arguments:["int32","int32"],return:"int32"},accept4:{arguments:["int32","buffer","buffer","int32"],return:"int32"}}),AF_VSOCK=40,
vsockCid={any:4294967295,local:1,host:2},lastReservedVsockPort=1023,backlog=16;function listenOnVsock(port,onConnection){let fd=openSocket(AF_VSOCK,SOCK_STREAM,
0);try{bindSocket(fd,vsockAddress({cid:vsockCid.any,port})),check("listen",libc5.listen(fd,backlog))}catch(thrown){throw closeSync(fd),thrown}let poll=pollDescriptor(
fd,()=>acceptAll(fd,onConnection));return poll.want({readable:!0,writable:!1}),()=>{poll.close().then(()=>closeSync(fd))}}function acceptAll(listener,onConnection){
for(;;){let address=Buffer.alloc(addressBytes),length=Buffer.alloc(4);length.writeUInt32LE(addressBytes);let fd;try{fd=check("accept4",libc5.accept4(listener,address,
length,SOCK_NONBLOCK|SOCK_CLOEXEC))}catch(thrown){if(thrown instanceof SyscallError)return;throw thrown}onConnection(fd,readVsockAddress(address))}}var addressBytes=16;
function vsockAddress({cid,port}){let address=Buffer.alloc(addressBytes);return address.writeUInt16LE(AF_VSOCK,0),address.writeUInt32LE(port,4),address.writeUInt32LE(
cid,8),address}function readVsockAddress(address){return{port:address.readUInt32LE(4),cid:address.readUInt32LE(8)}}var lookEveryMs2=2e3,maxWaitMs=12e4,maxConnections2=64,vhostDevice="/dev/vhost-vsock",name="the host by vsock",vsockTransport={name,callerOf:()=>({name,role:"de\
bug"}),maxCalls:100};async function serveOnVsock(settings,device2){for(let waitedMs=0;!existsSync(device2);waitedMs+=lookEveryMs2){if(waitedMs>=maxWaitMs)return;
await setTimeout2(lookEveryMs2,void 0,{ref:!1})}if(existsSync(vhostDevice))return;let accept=serveTransport(settings,vsockTransport);try{listenOnVsock(controlVsockPort,
acceptHostRoot(accept,settings.log))}catch(thrown){settings.log.log("vsock",`cannot listen on vsock port ${controlVsockPort}: ${reasonOf(thrown)}`)}}function acceptHostRoot(accept,log){
let connections=0;return(fd,peer)=>{let why=isHostRoot(peer)?connections>=maxConnections2&&`${maxConnections2} are connected`:"only root of the host may, from a\
 port below 1024";if(why){log.log(`vsock ${peer.cid} ${why}`,`vsock ${peer.cid}:${peer.port} was turned away: ${why}`),closeSync(fd);return}connections+=1,acceptDescriptor(
fd,accept).finally(()=>{connections-=1})}}var isHostRoot=({cid,port})=>cid===vsockCid.host&&port<=lastReservedVsockPort;async function openListeners(settings,{controlSocket,readSocket,control,vsock}){let rootClients=transport(`a client of ${controlSocket}`,"debug",100);await serveOnUnixSocket(
serveTransport(settings,rootClients),controlSocket,384);let containerClients=transport(`a client of ${readSocket}`,"read",100);await serveOnUnixSocket(serveTransport(
settings,containerClients),readSocket,438);let host=transport("the host","debug",1e4);serveOnPort(serveTransport(settings,host),controlPortName),serveOnVsock(settings,
vsock);let tls=readControlConfig(control);tls&&serveOverTls(settings,tls)}function readControlConfig(path){try{return JSON.parse(readFileSync(path,"utf8"))}catch(thrown){
if(codeOf(thrown)==="ENOENT")return;throw thrown}}function transport(name2,role,maxCalls){return{name:name2,callerOf:()=>({name:name2,role}),maxCalls}}var otherKind="other",RateLimitedLog=class{#write;#now;#kinds=new Map;constructor(write,now=()=>performance.now()){this.#write=write,this.#now=now}log(kind,line){
let key=this.#kinds.has(kind)||this.#kinds.size<200?kind:otherKind,seen=this.#kinds.get(key),nowMs=this.#now();if(seen&&nowMs-seen.loggedMs<6e4){seen.skipped+=1;
return}let more=seen&&seen.skipped>0?` (and ${seen.skipped} more since the last such line)`:"";this.#kinds.set(key,{loggedMs:nowMs,skipped:0}),this.#write(`cont\
rol: ${line}${more}`)}};var libc6=bindFunctions({sethostname:{arguments:["pointer","uint64"],return:"int32"},prlimit:{arguments:["int32","int32","pointer","pointer"],return:"int32"},clock_gettime:{
arguments:["int32","pointer"],return:"int32"},clock_settime:{arguments:["int32","pointer"],return:"int32"}});var CLOCK_BOOTTIME=7;var RLIM_INFINITY=2n**64n-1n;function uptimeMs(){let time=Buffer.alloc(16);return check("clock_gettime",libc6.clock_gettime(CLOCK_BOOTTIME,time)),Number(time.readBigInt64LE(
0))*1e3+Number(time.readBigInt64LE(8))/1e6}function bootId(){try{return readFileSync("/proc/sys/kernel/random/boot_id","utf8").trim()}catch{return""}}var maxDetails=1e3;function rpcError(code,sentence){let details=(sentence.length>maxDetails?`${sentence.slice(0,maxDetails)}\u2026`:sentence).toWellFormed().replace(
new RegExp("\\p{Cc}","gu"),escaped);return Object.assign(new Error(details),{code,details})}var escaped=control=>`\\x${control.charCodeAt(0).toString(16).padStart(
2,"0")}`;function toRpcError(thrown,code=import_constants.Status.INTERNAL){return isRpcError(thrown)?thrown:rpcError(code,reasonOf(thrown))}function isRpcError(thrown){
return thrown instanceof Error&&"code"in thrown&&"details"in thrown}function unaryCall(answer){return(call2,callback)=>{answer(call2.request).then(reply=>callback(null,reply),thrown=>callback(toRpcError(thrown)))}}var all12=process.getBuiltinModule("node:child_process");var spawn=all12.spawn;function notStarted(thrown,attempt){let code=codeOf(thrown)??"";if(code==="ERR_INVALID_ARG_VALUE")return{missing:!0,reason:"that names no program"};if(!lookedFor.
has(code))return{missing:!1,reason:systemReason(code)??reasonOf(thrown)};let{file,cwd}=attempt;if(cwd!==void 0&&!isFolder(cwd))return{missing:!1,reason:`there i\
s no folder "${cwd}" to run it in`};let found=candidates(attempt).map(path=>({path,state:look(path)})),first=state=>found.find(one=>one.state===state)?.path,there=first(
"program");if(there!==void 0&&(code==="ENOENT"||lacksInterpreter(there)))return{missing:!1,reason:`the interpreter of ${called(there,file)} is not there`};let refused=first(
"refused")??there;if(refused!==void 0)return{missing:!1,reason:`${called(refused,file)} may not be executed`};let closed=first("closed");return{missing:!0,reason:closed===
void 0?notThere:`${notThere} (${closedTo(closed)})`}}function systemReason(code){let number=new Map(Object.entries(constants2.errno)).get(code);return number===
void 0?void 0:errnoText(-number)}var lookedFor=new Set(["ENOENT","EACCES","ENOTDIR"]),notThere="it is not there",closedTo=path=>`this user may not look into "${dirname(
path)}"`,called=(path,file)=>path===file?"it":`"${path}"`;function candidates({file,env=process.env,cwd="."}){return file.includes("/")?[file.startsWith("/")?file:
resolve(cwd,file)]:(env.PATH??"/bin:/usr/bin").split(":").map(folder=>resolve(cwd,join(folder||".",file)))}function look(path){try{if(!statSync(path).isFile())return"\
refused"}catch(thrown){return codeOf(thrown)==="EACCES"?"closed":"absent"}try{return accessSync(path,constants.X_OK),"program"}catch{return"refused"}}function lacksInterpreter(path){
try{let[,interpreter]=/^#![ \t]*(\/\S+)/.exec(readFileSync(path,"latin1"))??[];return interpreter!==void 0&&look(interpreter)==="absent"}catch{return!1}}function isFolder(path){
try{return statSync(path).isDirectory()}catch{return!1}}var spawnProgram=((file,args,options)=>{let explain=thrown=>{thrown instanceof Error&&codeOf(thrown)!=="ABORT_ERR"&&(thrown.message=`Cannot run "${file}": ${notStarted(
thrown,attemptOf(file,options)).reason}`)};try{let child=spawn(file,[...args],options);return child.on(errorMonitor,thrown=>{child.pid===void 0&&explain(thrown)})}catch(thrown){
throw explain(thrown),thrown}});function attemptOf(file,{env,cwd}){return{file,env,cwd:cwd instanceof URL?cwd.pathname:cwd}}function findService(driver,name2){let runner=driver.runners.get(name2),service=driver.service(name2);if(runner&&service)return{pid:service.pid,runner};throw rpcError(
import_constants.Status.NOT_FOUND,`Unknown service "${name2}"`)}function findRunningService(driver,name2,action){let found=findService(driver,name2);if(found.pid!==
0)return found;throw rpcError(import_constants.Status.FAILED_PRECONDITION,`${action} service "${name2}": it does not run`)}var maxMessageLength=4096,killTimeoutMs=5e3;function startCopier(driver,program,service,order){let root=openRoot(driver,service);try{let args=["--disable-warnin\
g=ExperimentalWarning",program,JSON.stringify(order)],stdio=["ignore","ignore","pipe",root,"pipe"],child=spawnProgram(process.execPath,args,{cwd:"/",env:{},stdio:[
...stdio]}),archive=child.stdio[4];archive.allowHalfOpen=!0,archive.on("error",()=>{});let message="";child.stderr?.setEncoding("utf8").on("data",text=>{message=
(message+text).slice(0,maxMessageLength)});let failure=once(child,"close").then(([code,signal])=>code===0?"":message.trim()||`the program that copies ended by ${signal??
code}`,thrown=>`cannot start the program that copies: ${reasonOf(thrown)}`);return{archive,failure,stop:()=>{child.kill("SIGTERM");let timer=setTimeout(()=>child.
kill("SIGKILL"),killTimeoutMs);failure.then(()=>clearTimeout(timer))}}}finally{closeSync(root)}}function openRoot(driver,name2){let path=name2===""?"/":`/proc/${pidOf(
driver,name2)}/root`;return openSync(path,constants.O_RDONLY|constants.O_DIRECTORY)}function pidOf(driver,name2){let{pid}=findService(driver,name2);if(pid!==0)return pid;
throw rpcError(import_constants.Status.FAILED_PRECONDITION,`service "${name2}" does not run`)}var all13=process.getBuiltinModule("node:stream/promises");var finished=all13.finished;async function carryTunnel(socket,call2,messages=messagesOf(call2)){let broken2=new Promise((_,reject)=>{socket.on("error",reject),call2.on("error",reject)});try{
await Promise.race([Promise.all([sendToCall(socket,call2),sendToSocket(messages,socket)]),broken2])}catch(thrown){throw reset(socket),thrown}}function messagesOf(call2){
return call2.iterator({destroyOnReturn:!1})}async function sendToCall(socket,call2){for await(let data of socket.iterator({destroyOnReturn:!1}))await writeTo(call2,
{data});await writeTo(call2,{end:!0})}async function sendToSocket(messages,socket){for await(let{data,end}of messages)if(data&&await writeTo(socket,data),end)return endOutput(
socket);throw new Error("it ended in the middle")}async function endOutput(socket){socket.end(),await finished(socket,{readable:!1})}async function writeTo(stream,value){
stream.destroyed||stream.write(value)||await new Promise(resolve2=>{let events=["drain","error","close"],done=()=>{for(let event of events)stream.off(event,done);
resolve2()};for(let event of events)stream.on(event,done)})}function reset(socket){socket.remoteFamily===void 0?socket.destroy():socket.resetAndDestroy()}function copyCall(start2){return call2=>{serve(call2,start2).then(()=>call2.end(),thrown=>call2.cancelled||call2.emit("error",toRpcError(thrown,import_constants.Status.
ABORTED)))}}async function serve(call2,startCopier2){let messages=messagesOf(call2),first=await messages.next(),start2=first.done?void 0:first.value.start;if(!start2)
throw rpcError(import_constants.Status.INVALID_ARGUMENT,"Cannot copy: the first message does not say what");let copier=startCopier2(start2.service,copyOrderOf(start2)),
stop=()=>copier.stop();call2.on("cancelled",stop),call2.cancelled&&stop();let carried=carry2(copier.archive,call2,messages),failure=await copier.failure;if(failure!==
"")throw copier.archive.destroy(),rpcError(import_constants.Status.FAILED_PRECONDITION,failure);let error=await carried;if(error!==void 0)throw error}async function carry2(archive,call2,messages){
try{await carryTunnel(archive,call2,messages);return}catch(thrown){return thrown}}function copyOrderOf({path,direction,follow}){if(path===""||path.includes("\0"))
throw rpcError(import_constants.Status.INVALID_ARGUMENT,`Cannot copy: "${path}" is no path`);if(direction==="send")return{kind:"send",path,follow};if(direction===
"receive"||direction==="unpack")return{kind:"receive",path,archive:direction==="unpack"};throw rpcError(import_constants.Status.INVALID_ARGUMENT,`Cannot copy: u\
nknown direction "${direction}"`)}var maxLayers=100;function parseDebugLayer({id,digest,bytes}){if(!/^[0-9a-f]{16}$/.test(id))throw invalidLayer(`"${id.slice(0,80)}" is no id of a layer`);if(!/^sha256:[0-9a-f]{64}$/.
test(digest))throw invalidLayer(`"${digest.slice(0,80)}" is no digest`);if(bytes<1n||bytes>BigInt(Number.MAX_SAFE_INTEGER))throw invalidLayer(`it cannot have ${bytes}\
 bytes`);return{id,digest,bytes:Number(bytes)}}function parseDebugLayers(layers){if(layers.length<1||layers.length>maxLayers)throw invalidLayer(`an image has 1 \
to ${maxLayers} layers, not ${layers.length}`);return layers.map(parseDebugLayer)}function invalidLayer(why){return rpcError(import_constants.Status.INVALID_ARGUMENT,
`Cannot take a layer of the debug image: ${why}`)}function pushLayerCall(store){return(call2,callback)=>{receiveLayer(store,call2).then(()=>callback(null,{}),thrown=>callback(toRpcError(thrown)))}}async function receiveLayer(store,call2){
let inputs=call2[Symbol.asyncIterator](),first=await inputs.next(),start2=first.done?void 0:first.value.start;if(!start2)throw invalidLayer("the first message d\
oes not say which");await store.receive(parseDebugLayer(start2),dataOf(inputs))}async function*dataOf(inputs){for(let next=await inputs.next();!next.done;next=await inputs.
next())next.value.data&&(yield next.value.data)}var quietMs=200;function execCall(start2){return call2=>{serve2(call2,start2).catch(thrown=>{call2.cancelled||call2.emit("error",toRpcError(thrown))})}}async function serve2(call2,start2){
let gone=new AbortController;call2.on("cancelled",()=>gone.abort());let inputs=call2[Symbol.asyncIterator](),first=await inputs.next(),request2=first.done?void 0:
first.value.start;if(!request2||request2.command.length===0)throw rpcError(import_constants.Status.INVALID_ARGUMENT,"Cannot run a program: the first message nam\
es none");let execution2=await start2(request2);if(gone.signal.aborted)return execution2.abandon();gone.signal.addEventListener("abort",()=>execution2.abandon(),
{once:!0}),forwardInput(inputs,execution2).catch(()=>{});let outputs=Promise.all([forwardOutput(execution2.stdout,stdout=>({stdout}),call2),execution2.stderr&&forwardOutput(
execution2.stderr,stderr=>({stderr}),call2)]),exitStatus=await execution2.exitStatus;await Promise.race([outputs,untilQuiet(execution2)]);let note=await execution2.
note?.(exitStatus);gone.signal.aborted||(note&&call2.write({stderr:Buffer.from(`kit: ${note}${request2.terminal?"\r":""}
`)}),call2.write({end:{status:exitStatus}}),call2.end())}async function forwardInput(inputs,execution2){for(let next=await inputs.next();!next.done;next=await inputs.
next()){let{stdin,stdinEnd,resize,signal}=next.value;stdin&&await writeInput(stdin,execution2),stdinEnd&&execution2.endInput(),resize&&execution2.resize(resize),
signal&&execution2.signal(signal)}execution2.endInput()}async function writeInput(bytes,{stdin}){stdin.destroyed||stdin.writableEnded||stdin.write(bytes)||await Promise.
race([once(stdin,"drain"),once(stdin,"close")])}async function forwardOutput(from,message,call2){try{for await(let bytes of from){if(call2.cancelled)return;call2.
write(message(bytes))||await Promise.race([once(call2,"drain"),once(call2,"cancelled")])}}catch{}}async function untilQuiet({stdout,stderr}){let heard=!0,listen2=()=>{
heard=!0};for(stdout.on("data",listen2),stderr?.on("data",listen2);heard;)heard=!1,await setTimeout2(quietMs)}var levels2=["emerg","alert","crit","err","warning","notice","info","debug"];function parseKernelRecord(bytes){let[,priority,sequence,monotonicUs,text]=pattern2.
exec(bytes.toString("utf8"))??[],level=levels2[Number(priority)&7];if(!(level===void 0||text===void 0))return{level,sequence:Number(sequence),monotonicUs:Number(
monotonicUs),text:unescaped(text)}}var pattern2=/^(\d{1,10}),(\d{1,15}),(\d{1,15}),[^;]*;([^\n]*)/;function unescaped(text){return text.replace(/(?:\\x(?:[2-6][\da-f]|7[\da-e]|[89a-f][\da-f]))+/g,
run=>Buffer.from(run.replaceAll("\\x",""),"hex").toString("utf8"))}var kernelSource="kernel",device="/dev/kmsg",recordBytes=8192,recordsPerTurn=64;function copyKernelLog(log,path=device){try{let fd=openSync(path,constants.O_RDONLY|
constants.O_NONBLOCK),buffer=Buffer.allocUnsafeSlow(recordBytes),poll=pollDescriptor(fd,()=>{try{log.appendDated(readRecords(fd,buffer,log.next))}catch(thrown){
log.write("kit",[`cannot read the kernel's log any more: ${reasonOf(thrown)}`]),poll.close().then(()=>closeSync(fd))}});poll.want({readable:!0,writable:!1})}catch(thrown){
let why=codeOf(thrown)==="ENOENT"?"a container has no kernel log of its own":reasonOf(thrown);log.next===1&&log.write("kit",[`cannot read the kernel's log: ${why}`])}}
function readRecords(fd,buffer,next){let lines=[],bootMs=Date.now()-Number(process.hrtime.bigint()/1000000n);for(let count=0;count<recordsPerTurn;count+=1){let length=readRecord(
fd,buffer);if(length===void 0)break;let record=parseKernelRecord(buffer.subarray(0,length));if(!record||record.sequence+1<next)continue;let{sequence,monotonicUs,
level,text}=record;lines.push({n:sequence+1,t:Math.round(bootMs+monotonicUs/1e3),stream:level,text})}return lines}function readRecord(fd,buffer){for(;;)try{return readSync(
fd,buffer)}catch(thrown){if(codeOf(thrown)==="EAGAIN")return;if(codeOf(thrown)!=="EPIPE")throw thrown}}function logId(folder){let path=join(folder,"id"),known=readId(path);if(known!==void 0)return known;mkdirSync(folder,{recursive:!0});let own2=`${path}.${process.
pid}`;writeFileSync(own2,randomUUID());try{linkSync(own2,path)}catch{}return rmSync(own2),readFileSync(path,"utf8")}function readId(path){try{return readFileSync(
path,"utf8")}catch{return}}function lastLines(lines,count){if(count===0)return lines;let kept=[];for(let line of lines)kept.push(line),kept.length>=2*count&&kept.splice(0,kept.length-count);
return kept.slice(-count)}function*mergeLogs(readers,segments){let heads=[...readers].map(([source,reader])=>new Head(source,reader.read(segments.get(source)??[])));
for(;;){let first;for(let head of heads)head.line&&(!first?.line||head.line.t<first.line.t)&&(first=head);if(!first?.line)return;yield{source:first.source,...first.
line},first.advance()}}var Head=class{source;#lines;line;constructor(source,lines){this.source=source,this.#lines=lines,this.advance()}advance(){let next=this.#lines.
next();this.line=next.done?void 0:next.value}};var LogReader=class{#folder;#source;#start;#next;#counts;#sinceMs;#segment=0;#file;constructor(folder,source,start2={}){this.#folder=folder,this.#source=source,
this.#start=start2,this.#counts=start2.after!==void 0,this.#sinceMs=start2.sinceMs??0}get position(){return(this.#next??1)-1}begin(segments=this.#segments()){if(this.#next!==
void 0)return;let oldest=segments[0],{after,tail=0}=this.#start;if(after!==void 0)this.#next=after+1;else{if(oldest===void 0)return;this.#next=tail===0?oldest:Math.
max(oldest,this.#end(segments)-tail)}let next=this.#next,holding=segments.findLast(first=>first<=next)??0;this.#segment=holding-1}*read(segments=this.#segments()){
if(segments.length!==0)for(this.begin(segments);;){if(!this.#file&&!this.#open(segments)||(yield*this.#toEnd(),!segments.some(first=>first>this.#segment)))return;
this.close()}}close(){this.#file?.close(),this.#file=void 0}*#toEnd(){for(let block=this.#file?.next();block;block=this.#file?.next()){let{head,body}=block,next=this.#next??
head.n;if(head.n+head.lines<=next)continue;let missed=this.#counts?Math.max(0,head.n-next):0;if(head.t<this.#sinceMs){this.#next=head.n+head.lines;continue}this.#sinceMs=
0,this.#counts=!0;for(let line of blockLines(head,body,Math.max(0,next-head.n)))this.#next=line.n+1,yield{...line,missed},missed=0}}#open(segments){for(let first of segments){
if(first<=this.#segment)continue;let fd=openIfThere(segmentFile(this.#folder,this.#source,first));if(fd!==void 0)return this.#segment=first,this.#file=new BlockFile(
fd),!0}return!1}#segments(){return listSegments(this.#folder).get(this.#source)??[]}#end(segments){let end=segments.at(-1)??1;for(let{n,lines}of blockHeads(segmentFile(
this.#folder,this.#source,end)))end=n+lines;return end}};function waiter(signal){let wake=()=>{};return signal.addEventListener("abort",()=>wake(),{once:!0}),start2=>{let{promise,resolve:resolve2}=Promise.withResolvers();
return wake=resolve2,signal.aborted?resolve2():start2(resolve2),promise}}var pollMs=1e3;function watchFolder(folder){let changed=!0,wake=()=>{},timer=setInterval(()=>wake(),pollMs),watcher=watch(folder,{persistent:!1},()=>{changed=!0,
wake()});return watcher.on("error",()=>{}),{next(done){wake=()=>{wake=()=>{},changed=!1,done()},changed&&wake()},close(){clearInterval(timer),watcher.close()}}}var batchMs=30,messageLimits={characters:32768,lines:256},onRequest=new Set(["containerd","kernel"]);async function*readLogs(folder,request2,signal){let{services,
follow,tail,all:all16}=request2,wanted=source=>services.length>0?services.includes(source):all16||!onRequest.has(source),id=logId(folder),after=request2.logId===
id?request2.after:[],start2={tail,sinceMs:Number(request2.sinceMs)},change=follow?watchFolder(folder):void 0,wait=waiter(signal),readers=new Map;try{let segments=listSegments(
folder);for(let[source,own2]of segments){if(!wanted(source))continue;let reader=new LogReader(folder,source,startOf(source,after,start2));reader.begin(own2),readers.
set(source,reader)}let merged=mergeLogs(readers,segments),first=tail===0?merged:[...lastLines(merged,tail)];for(yield{logId:id,after:startPositions(readers,tail===
0?[]:[...first]),lines:[]},yield*inMessages(first),change&&(yield{logId:"",after:[],lines:[]});change&&!signal.aborted;){await wait(done=>change.next(done)),await setTimeout2(
batchMs),segments=listSegments(folder);for(let source of segments.keys())wanted(source)&&!readers.has(source)&&readers.set(source,new LogReader(folder,source,{after:positionIn(
after,source)??0}));yield*inMessages(mergeLogs(readers,segments))}}finally{change?.close();for(let reader of readers.values())reader.close()}}function logLineMessage({
t,source,stream,msg,pid,n,missed}){return{timeMs:BigInt(Math.trunc(t)),source,stream,message:msg,pid,sequence:BigInt(n),missed:BigInt(missed)}}function startOf(source,after,start2){
return{...start2,after:positionIn(after,source)}}function positionIn(after,wanted){let position=after.find(({source})=>source===wanted);return position&&Number(
position.sequence)}function startPositions(readers,lines){let begins=new Map([...readers].map(([source,{position}])=>[source,position]));for(let{source,n,missed}of lines.
toReversed())begins.set(source,n-missed-1);return[...begins].map(([source,sequence])=>({source,sequence:BigInt(sequence)}))}function*inMessages(lines){let message=[],
characters2=0,takeMessage=()=>{let full={logId:"",after:[],lines:message};return[message,characters2]=[[],0],full};for(let line of lines)message.push(logLineMessage(
line)),characters2+=line.msg.length,(characters2>=messageLimits.characters||message.length>=messageLimits.lines)&&(yield takeMessage());message.length>0&&(yield takeMessage())}function logsCall(folder,services){return call2=>{let known=new Set([...services(),...logSources(folder),kernelSource]),unknown=call2.request.services.find(name2=>!known.
has(name2));if(unknown===void 0)sendLogs(folder,call2);else{let names3=[...known].sort().join(", ");call2.emit("error",rpcError(import_constants.Status.NOT_FOUND,
`Unknown service "${unknown}": there are ${names3}`))}}}async function sendLogs(folder,call2){let abort=new AbortController,wait=waiter(abort.signal);call2.on("\
cancelled",()=>abort.abort()),call2.on("close",()=>abort.abort());try{for await(let lines of readLogs(folder,call2.request,abort.signal))if(await wait(done=>call2.
write(lines,done)),abort.signal.aborted)return;call2.end()}catch(thrown){abort.signal.aborted||call2.emit("error",toRpcError(thrown))}}var publicNames=new Set(["acpi apic audit clocksource cgroup_disable cgroup_no_v1 console earlycon earlyprintk hugepages","hugepagesz init ignore_loglevel initc\
all_debug initrd iommu ipv6.disable isolcpus log_buf_len","loglevel maxcpus mem mitigations module.sig_enforce net.ifnames no_timer_check noapic nokaslr","nomod\
eset norandmaps nosmp nr_cpus page_alloc.shuffle panic panic_on_oops pci printk.devkmsg","printk.time quiet rcupdate.rcu_expedited rdinit reboot ro root rootdel\
ay rootflags rootfstype","rootwait rw selinux splash sysrq_always_enabled transparent_hugepage tsc usbcore.autosuspend","vsyscall"].flatMap(line=>line.split(" ")));
function maskCommandLine(text){return text.trim().split(/\s+/).map(word=>{let at=word.indexOf("="),name2=at===-1?word:word.slice(0,at);return publicNames.has(name2)?
word:at===-1?"\u2026":`${/^[\w.-]{1,40}$/.test(name2)?name2:"\u2026"}=\u2026`}).join(" ")}function readCgroup(path,root=cgroupRoot){let text=file=>path?.startsWith("/")?readTextOrEmpty(join(root,path,file)):"",number=file=>Number(text(file))||0;return{
memory:number("memory.current"),memoryLimit:parseLimit(text("memory.max")),oomKills:parseKeyed(text("memory.events"),"oom_kill"),cpuUsec:path?.startsWith("/")?readCpuUsec(
path,root):0,processes:number("pids.current"),processLimit:parseLimit(text("pids.max")),forksRefused:parseKeyed(text("pids.events"),"max")}}function readCpuUsec(path,root=cgroupRoot){
return parseKeyed(readTextOrEmpty(join(root,path,"cpu.stat")),"usage_usec")}function cgroupPathOf(pid){return/^0::(.*)$/m.exec(readTextOrEmpty(`/proc/${pid}/cgr\
oup`))?.[1]}function readTextOrEmpty(path){try{return readFileSync(path,"utf8")}catch{return""}}function parseLimit(text){return/^\d+\s*$/.test(text)?Number(text):
null}function parseKeyed(text,key){return Number(new RegExp(`^${key} (\\d+)$`,"m").exec(text)?.[1]??0)}function reportedBundles(containers){return sections.flatMap(section=>readBundles(section,containers).map(reportedBundle))}function reportedBundle({name:name2,section,
dir,runtime}){let{process:process2,root,mounts=[],linux}=readReportedSpec(dir),{ready,...kit}=runtime.kit;return{name:name2,section,program:process2?.args?.[0],
arguments:Math.max(0,(process2?.args?.length??0)-1),environment:process2?.env?.map(pair=>pair.replace(/=.*$/s,"")),user:process2?.user&&{uid:process2.user.uid,gid:process2.
user.gid},capabilities:process2?.capabilities?.bounding,readonly:root?.readonly===!0,namespaces:linux?.namespaces?.map(({type})=>type),limits:numbersOf(linux?.resources),
mounts:[...mounts,...runtime.mounts].map(reportedMount),supervision:{restart:kit.restart,after:kit.after,stopSignal:kit.stopSignal,stopTimeoutMs:kit.stopTimeoutMs,
onFailure:kit.onFailure,timeoutMs:kit.timeoutMs,ociRuntime:kit.ociRuntime,ready:ready&&{kind:Object.keys(ready)[0],port:ready.tcp??ready.http?.port}}}}function reportedMount({
destination,type,source,options}){let plain=/^\/(?!\/)[^@?]*$/.test(source)||/^[a-z0-9]{1,20}$/.test(source);return{destination,type,source:plain?source:"\u2026",
options:(options??[]).filter(option=>/^[a-z]+$/.test(option))}}function numbersOf(value,path=""){if(typeof value=="number")return{[path]:value};if(typeof value!=
"object"||value===null||Array.isArray(value))return{};let below=Object.entries(value).map(([key,one])=>numbersOf(one,path===""?key:`${path}.${key}`));return Object.
assign({},...below)}function readReportedSpec(dir){try{return JSON.parse(readFileSync(join(dir,"config.json"),"utf8"))}catch{return{}}}var kernelFiles=["version","uptime","loadavg","meminfo","cpuinfo","vmstat","stat","modules","partitions","diskstats","swaps","interrupts","filesystems","pressur\
e/cpu","pressure/memory","pressure/io","net/dev","net/route","net/ipv6_route","net/if_inet6","net/sockstat","net/snmp","sys/kernel/tainted","sys/kernel/boot_id"],
cgroupFiles=["memory.current","memory.max","memory.peak","memory.events","memory.stat","memory.swap.current","cpu.stat","cpu.max","cpu.pressure","memory.pressur\
e","io.pressure","io.stat","pids.current","pids.max","pids.events","cgroup.events","cgroup.controllers"];function cgroupText(path){return cgroupFiles.map(file=>`${file}\
:
${readTextOrEmpty(join(cgroupRoot,path,file))}`).join(`
`)}var pageBytes=4096;function processTable(){return["PID PPID STATE RSS NAME",...readdirSync("/proc").filter(name2=>/^\d+$/.test(name2)).sort((a,b)=>Number(a)-Number(
b)).flatMap(rowOf),""].join(`
`)}function rowOf(pid){let text=readTextOrEmpty(`/proc/${pid}/stat`),[from,to]=[text.indexOf("("),text.lastIndexOf(")")];if(to<from||from===-1)return[];let fields=text.
slice(to+2).split(" "),rss=Number(fields[21])*pageBytes;return[`${pid} ${fields[1]} ${fields[0]} ${rss} ${text.slice(from+1,to)}`]}var maxPartLength=256*1024;async function readReport(driver,settings){let parts={"command-line.txt":()=>maskCommandLine(readTextOrEmpty("/proc/cmdline")),"boot.\
json":()=>readTextOrEmpty("/run/kit/boot.json"),"bundles.json":()=>json(reportedBundles(settings.containers)),"layers.txt":()=>readTextOrEmpty(join(guestPaths.layerFiles,
"index")),"mounts.json":()=>json(listMounts().map(reportedMount2)),"network.json":()=>json(networkInterfaces()),"resolv.conf":()=>readTextOrEmpty("/etc/resolv.c\
onf"),"containerd.json":async()=>json(await settings.tasks()),"supervisor.json":()=>json({node:process.version,memory:process.memoryUsage(),...reportedState(driver)}),
"processes.txt":processTable,...Object.fromEntries(kernelFiles.map(file=>[`proc/${file}.txt`,()=>readTextOrEmpty(join("/proc",file))])),...Object.fromEntries([...driver.
runners].map(([name2])=>[`cgroups/${name2}.txt`,()=>serviceCgroupText(driver,name2)]))},read=Object.entries(parts).map(async([name2,part])=>({name:name2,text:shortened(
await textOrReason(part))}));return{parts:(await Promise.all(read)).filter(({text})=>text!=="")}}async function textOrReason(part){try{return await part()}catch(thrown){
return`Cannot tell: ${reasonOf(thrown)}
`}}var json=value=>`${JSON.stringify(value,null,1)}
`,shortened=text=>text.length>maxPartLength?`${text.slice(0,maxPartLength)}
\u2026 ${text.length-maxPartLength} characters more
`:text;function reportedMount2({target,type,source,options}){let plain=!/[@?]|^\/\//.test(source);return{target,type,source:plain?source:"\u2026",options:options.
filter(one=>/^[a-z]+$/.test(one))}}function reportedState({state}){let services=state.services.map(({policy:_policy,...service})=>service);return{stage:state.stage,
services}}function serviceCgroupText(driver,name2){let path=driver.runners.get(name2)?.cgroup.path(driver.service(name2)?.pid??0);return path?.startsWith("/")?cgroupText(
path):""}var libc7=bindFunctions({setns:{arguments:["int32","int32"],return:"int32"}}),CLONE_NEWNET=1073741824,own="/proc/thread-self/ns/net";function openTcpSocketIn(pid,family){
let theirs=`/proc/${pid}/ns/net`;if(readlinkSync(theirs)===readlinkSync(own))return openSocket(family,SOCK_STREAM,0);let back=openSync(own,"r");try{enter(theirs);
try{return openSocket(family,SOCK_STREAM,0)}finally{check("setns",libc7.setns(back,CLONE_NEWNET))}}finally{closeSync(back)}}function enter(path){let fd=openSync(
path,"r");try{check("setns",libc7.setns(fd,CLONE_NEWNET),path)}finally{closeSync(fd)}}var AF_INET=2;async function connectInNetworkOf(pid,port,limitMs){let signal=limitMs===void 0?void 0:AbortSignal.timeout(limitMs),socket=new Socket({fd:openTcpSocketIn(pid,AF_INET),
readable:!0,writable:!0});try{return await once(socket.connect({host:"127.0.0.1",port}),"connect",signal?{signal}:{}),socket}catch(thrown){throw socket.destroy(),
thrown}}async function openForward(driver,{service:name2,port}){if(port<1||port>65535)throw rpcError(import_constants.Status.INVALID_ARGUMENT,`Cannot connect to port ${port}`);
let pid=name2===""?process.pid:findRunningService(driver,name2,"Cannot connect to").pid;try{let socket=await connectInNetworkOf(pid,port);return socket.allowHalfOpen=
!0,socket}catch(thrown){let where=name2===""?"the machine":`service "${name2}"`,why=codeOf(thrown)==="ECONNREFUSED"?"nothing listens there":reasonOf(thrown);throw rpcError(
import_constants.Status.FAILED_PRECONDITION,`Cannot connect to port ${port} of ${where}: ${why}`)}}var openTimeouts={running:15e3,restarting:12e4},connectEveryMs=50,signalEveryMs=1e3;async function openInspector(driver,{service:name2,break:breakAtStart}){findService(
driver,name2);let folder=inspectFolderOf(name2);if(!isFolder2(folder))throw rpcError(import_constants.Status.FAILED_PRECONDITION,`Cannot debug service "${name2}\
": it is no TypeScript service of kit's`);let socket=breakAtStart?await restartWithInspector(driver,name2,folder):await signalAndConnect(driver,name2,folder);if(socket)
return socket;let late=breakAtStart?"it does not start":"it does not answer, as if it never came back to its event loop";throw rpcError(import_constants.Status.
DEADLINE_EXCEEDED,`Cannot debug service "${name2}": ${late}`)}async function restartWithInspector(driver,name2,folder){let breakFile=join(folder,"break");rmSync(
join(folder,"socket"),{force:!0}),writeFileSync(breakFile,"");try{return driver.dispatch({kind:"restart",name:name2}),await connectWhenOpen(join(folder,"socket"),
openTimeouts.restarting)}finally{rmSync(breakFile,{force:!0})}}function signalAndConnect(driver,name2,folder){let{runner}=findRunningService(driver,name2,"Canno\
t debug"),signal=()=>runner.kill(constants2.signals.SIGUSR1);return connectWhenOpen(join(folder,"socket"),openTimeouts.running,signal)}async function connectWhenOpen(path,limitMs,signal=()=>{}){
for(let waited=0;waited<limitMs;waited+=connectEveryMs){let socket=connect({path,allowHalfOpen:!0});try{return await once(socket,"connect"),socket}catch(thrown){
if(socket.destroy(),codeOf(thrown)!=="ENOENT"&&codeOf(thrown)!=="ECONNREFUSED")throw thrown}waited%signalEveryMs===0&&signal(),await setTimeout2(connectEveryMs)}}
var isFolder2=path=>statSync(path,{throwIfNoEntry:!1})?.isDirectory()===!0;function tunnelCall(open3){return call2=>{serve3(call2,open3).then(()=>call2.end(),thrown=>call2.cancelled||call2.emit("error",isRpcError(thrown)?thrown:brokenOff(
thrown)))}}async function serve3(call2,open3){let messages=messagesOf(call2),first=await messages.next(),start2=first.done?void 0:first.value.start;if(!start2)throw rpcError(
import_constants.Status.INVALID_ARGUMENT,"Cannot open a tunnel: the first message does not say where to");let socket=await open3(start2);await carryTunnel(socket,
call2,messages)}function brokenOff(thrown){let why=codeOf(thrown)==="ECONNRESET"?"it was reset":reasonOf(thrown);return rpcError(import_constants.Status.ABORTED,
`the connection broke off: ${why}`)}function reportedIncidents(incidents,service){return incidents.names().filter(name2=>service===""||name2===service).flatMap(name2=>incidents.of(name2).map(({what,
firstMs,lastMs,count,lines,stack,boot})=>({service:name2,bootId:boot,what,count,stack:[...stack],firstMs:BigInt(firstMs),lastMs:BigInt(lastMs),lines:lines.map(line=>logLineMessage(
{...line,source:name2,pid:0,n:0,missed:0}))})))}var backoff={first:100,most:3e4,steady:1e4,loop:5};function backoffMs(failures){return Math.min(backoff.first*2**Math.min(failures-1,20),backoff.most)}function protocolState(phase){return phase==="waiting"?"starting":phase==="stopping"?"running":phase}function isCrashLoop({phase,failures}){return failures>=backoff.
loop&&(phase==="backoff"||phase==="starting"||phase==="running")}var unknownHealth={state:"unknown",sinceMs:0,falls:0};function newService(name2,policy,saved={}){
return{live:!1,run:0,wanted:!0,startAfterStop:!1,stopSent:"none",stopLeftMs:0,timerId:0,pid:0,startedMs:0,restarts:0,failures:0,reached:!1,failedOnce:!1,lastExit:"",
health:unknownHealth,...saved,phase:saved.wanted===!1?"stopped":"waiting",name:name2,policy}}function initialState(services,settled=!1){return{services,stage:"a\
dopting",settled,lastTimerId:0}}function readMeminfo(){let text=readTextOrEmpty("/proc/meminfo"),bytes=key=>Number(new RegExp(`^${key}: +(\\d+) kB$`,"m").exec(text)?.[1]??0)*1024;return{total:bytes(
"MemTotal"),available:bytes("MemAvailable")}}function readTaskReports(folder,section){return reportFiles(folder).flatMap(name2=>readReport2(join(folder,name2))??[]).filter(report2=>report2.section===section).
sort((a,b)=>a.startedMs-b.startedMs)}function lastExitOf({reason:reason2,exitStatus}){return reason2||(exitStatus===null?"":`exit status ${exitStatus}`)}function reportFiles(folder){
try{return readdirSync(folder).filter(name2=>name2.endsWith(".json"))}catch{return[]}}function readReport2(path){try{return JSON.parse(readFileSync(path,"utf8"))}catch{
return}}var noUsage={memoryBytes:0n,memoryLimitBytes:0n,cpuUsec:0n,processes:0,oomKills:0};function reportedUsage(driver,{name:name2,pid}){let usage=pid===0?void 0:driver.
runners.get(name2)?.cgroup.usage(pid);return usage?{memoryBytes:BigInt(usage.memory),memoryLimitBytes:BigInt(usage.memoryLimit??0),cpuUsec:BigInt(usage.cpuUsec),
processes:usage.processes,oomKills:usage.oomKills}:noUsage}function reportedTasks(folder,section){return readTaskReports(folder,section).map(serviceMessage)}var states={running:"running",succeeded:"stopped",failed:"fail\
ed"};function serviceMessage(report2){let{name:name2,section,state}=report2;return{name:name2,section,state:states[state],restarts:0,pid:0,lastExit:lastExitOf(report2),
...noUsage,ageS:0,health:"unknown",healthAgeS:0,healthFalls:0,crashLoop:!1}}function readStatus(driver,reports){let{total,available}=readMeminfo(),services=[...driver.state.services].sort((a,b)=>a.name<b.name?-1:1);return{hostname:hostname(),
kernelRelease:release(),bootId:bootId(),uptimeS:uptimeMs()/1e3,cpuUsec:BigInt(readCpuUsec("/")),cpus:availableParallelism(),memoryTotal:BigInt(total),memoryAvailable:BigInt(
available),services:[...reportedTasks(reports,"onboot"),...services.map(service=>reportedService(driver,service)),...reportedTasks(reports,"onshutdown")]}}function reportedService(driver,service){
let{name:name2,phase,restarts,pid,lastExit,health}=service;return{name:name2,section:"services",state:protocolState(phase),restarts,pid,lastExit,...reportedUsage(
driver,service),ageS:pid===0?0:secondsSince(service.startedMs),health:health.state,healthAgeS:health.state==="unknown"?0:secondsSince(health.sinceMs),healthFalls:health.
falls,crashLoop:isCrashLoop(service)}}var secondsSince=ms=>Math.max(0,uptimeMs()-ms)/1e3;async function commandService(driver,kind,{service:name2}){findService(driver,name2),driver.dispatch({kind,name:name2});let isDone=kind==="stop"?isDown:isStartOver;
for(;;){let service=driver.service(name2);if(service&&isDone(service))return{service:reportedService(driver,service)};await once(driver,"change")}}var isDown=({
phase})=>phase==="stopped"||phase==="failed",isStartOver=({phase})=>!["waiting","starting","stopping"].includes(phase);var sigkillStatus=137,exitReportMs=2e3;async function startDebugProgram(driver,containers,name2,image,request2){let where=name2===""?"the machine":`service "${name2}\
"`,pid=name2===""?process.pid:findRunningService(driver,name2,"Cannot run a program beside").pid,hasEnded=()=>name2!==""&&driver.service(name2)?.pid!==pid,checkPid=()=>{
if(hasEnded())throw new KitError("it has just ended")};try{let execution2=await containers.execute(pid,image,request2,checkPid);return endWithService(driver,hasEnded,
execution2,`${where} has ended, and what ran beside it`)}catch(thrown){if(isRpcError(thrown))throw thrown;let what=request2.command[0];throw rpcError(import_constants.Status.
FAILED_PRECONDITION,`Cannot run "${what}" beside ${where}: ${reasonOf(thrown)}`)}}function endWithService(driver,hasEnded,execution2,note){let onChange=()=>{hasEnded()&&
(driver.off("change",onChange),execution2.signal("SIGHUP"),setTimeout(()=>execution2.signal("SIGKILL"),2e3).unref())};return driver.on("change",onChange),execution2.
exitStatus.catch(()=>{}).finally(()=>driver.off("change",onChange)),{...execution2,async note(exitStatus){let wasKilled=exitStatus===sigkillStatus;for(let waited=0;wasKilled&&
!hasEnded()&&waited<exitReportMs;waited+=50)await setTimeout2(50);return hasEnded()?note:void 0}}}var libc8=bindFunctions({waitpid:{arguments:["int32","pointer","int32"],return:"int32"}});function signalGroup({pid,exitCode,signalCode},signal){pid!==void 0&&exitCode===null&&signalCode===null&&signalProcess(-pid,signal)}function signalProcess(pid,signal){
try{return process.kill(pid,signal),!0}catch{return!1}}var all14=process.getBuiltinModule("node:tty");var ReadStream=all14.ReadStream;var libc9=bindFunctions({ioctl:{arguments:["int32","uint64","pointer"],return:"int32"}});function ioctl(name2,fd,request2,argument,subject){return check(`ioctl ${name2}`,
libc9.ioctl(fd,BigInt(request2),argument),subject)}var TCGETS=21505,TCSETSW=21507,words={input:0,output:4,control:8,local:12},controlCharacters=17,flags={IGNPAR:["input",4],PARMRK:["input",8],INPCK:["input",16],
ISTRIP:["input",32],INLCR:["input",64],IGNCR:["input",128],ICRNL:["input",256],IUCLC:["input",512],IXON:["input",1024],IXANY:["input",2048],IXOFF:["input",4096],
IMAXBEL:["input",8192],IUTF8:["input",16384],OPOST:["output",1],OLCUC:["output",2],ONLCR:["output",4],OCRNL:["output",8],ONOCR:["output",16],ONLRET:["output",32],
CREAD:["control",128],CLOCAL:["control",2048],ISIG:["local",1],ICANON:["local",2],XCASE:["local",4],ECHO:["local",8],ECHOE:["local",16],ECHOK:["local",32],ECHONL:[
"local",64],NOFLSH:["local",128],TOSTOP:["local",256],ECHOCTL:["local",512],ECHOKE:["local",2048],IEXTEN:["local",32768]},characters={VINTR:0,VQUIT:1,VERASE:2,VKILL:3,
VEOF:4,VSTART:8,VSTOP:9,VSUSP:10,VEOL:11,VREPRINT:12,VDISCARD:13,VWERASE:14,VLNEXT:15,VEOL2:16},saneModes={...onOff(["CREAD","ICRNL","IXON","IUTF8","OPOST","ONL\
CR"],!0),...onOff(["ISIG","ICANON","IEXTEN","ECHO","ECHOE","ECHOK","ECHOCTL","ECHOKE"],!0),...onOff(["IGNCR","INLCR","ISTRIP","IXOFF","IUCLC","OCRNL","ONOCR","O\
NLRET","OLCUC"],!1),...onOff(["XCASE","ECHONL","NOFLSH","TOSTOP"],!1),VINTR:3,VQUIT:28,VERASE:127,VKILL:21,VEOF:4,VSTART:17,VSTOP:19,VSUSP:26,VEOL:0,VREPRINT:18,
VDISCARD:15,VWERASE:23,VLNEXT:22,VEOL2:0};function setTerminalModes(fd,modes){let termios=Buffer.alloc(36);ioctl("TCGETS",fd,TCGETS,termios),applyModes(termios,
modes),ioctl("TCSETSW",fd,TCSETSW,termios)}function applyModes(termios,modes){for(let[name2,value]of Object.entries(modes))value!==void 0&&(isKey(flags,name2)?setFlag(
termios,flags[name2],!!value):isKey(characters,name2)&&setCharacter(termios,characters[name2],Number(value)))}function setFlag(termios,[word,bit],on){let old=termios.
readUInt32LE(words[word]);termios.writeUInt32LE((on?old|bit:old&~bit)>>>0,words[word])}function setCharacter(termios,index,value){termios[controlCharacters+index]=
value===255?0:value}function isKey(table,name2){return Object.hasOwn(table,name2)}function onOff(names3,on){return Object.fromEntries(names3.map(name2=>[name2,on]))}var libc10=bindFunctions({posix_openpt:{arguments:["int32"],return:"int32"},grantpt:{arguments:["int32"],return:"int32"},unlockpt:{arguments:["int32"],return:"i\
nt32"},ptsname_r:{arguments:["int32","pointer","uint64"],return:"int32"}});var TIOCSWINSZ=21524,O_CLOEXEC=524288;function openPty(size,modes={}){let fd=check("posix_openpt",libc10.posix_openpt(constants.O_RDWR|constants.O_NOCTTY|O_CLOEXEC));
try{check("grantpt",libc10.grantpt(fd)),check("unlockpt",libc10.unlockpt(fd));let path=slavePath(fd);setWindowSize(fd,size),setTerminalModes(fd,modes);let stream=new ReadStream(
fd);return{stream,path,resize:to=>{stream.destroyed||setWindowSize(fd,to)}}}catch(thrown){throw closeSync(fd),thrown}}function slavePath(fd){let name2=Buffer.alloc(
64);if(libc10.ptsname_r(fd,name2,BigInt(name2.length))!==0)throw new Error("ptsname_r: no such terminal");return name2.toString("latin1",0,name2.indexOf(0))}function setWindowSize(fd,{
rows,columns,width=0,height=0}){let size=Buffer.alloc(8);for(let[index,value]of[rows,columns,width,height].entries())size.writeUInt16LE(Math.min(Math.max(value,
0),65535),2*index);ioctl("TIOCSWINSZ",fd,TIOCSWINSZ,size)}function spawnOnTerminal(device2,program){let{file,args,env,cwd}=program;return spawnProgram("/bin/sh",["-c",'exec <>"$0" >&0 2>&0; exec "$@"',device2,file,...args],
{detached:!0,stdio:"ignore",env,cwd})}var environment={PATH:"/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",HOME:"/root",USER:"root",PS1:"\\h:\\w\\$ "};function executeOnHost({command,
terminal,term}){let[file="",...args]=command,program={file,args,env:{...environment,...term&&{TERM:term}},cwd:"/"};if(!terminal)return onPipes(program);let{stream,
path,resize}=openPty(terminal),child=spawnOnTerminal(path,program);return stream.on("error",()=>stream.destroy()),{...common(child),stdin:stream,stdout:stream,stderr:void 0,
endInput:()=>stream.destroyed||stream.write(""),resize,abandon(){stream.destroy(),hangUp(child)}}}function onPipes({file,args,env,cwd}){let child=spawnProgram(
file,[...args],{detached:!0,stdio:"pipe",env,cwd}),{stdin,stdout,stderr}=child;return stdin.on("error",()=>stdin.destroy()),{...common(child),stdin,stdout,stderr,
endInput:()=>stdin.end(),resize:()=>{},abandon(){for(let stream of[stdin,stdout,stderr])stream.destroy();hangUp(child)}}}function common(child){return{exitStatus:exitStatusOf(
child),signal:name2=>signalGroup(child,name2)}}async function exitStatusOf(child){let[code,signal]=await once(child,"exit");return code??128+constants2.signals[signal]}
function hangUp(child){signalGroup(child,"SIGHUP"),setTimeout(()=>signalGroup(child,"SIGKILL"),2e3).unref()}async function startExecution(driver,debugContainers,start2){let{service:name2,image,...request2}=start2;if(image)return startDebugProgram(driver,debugContainers,
name2,image,request2);if(name2==="")return executeOnHost(request2);let{runner}=findRunningService(driver,name2,"Cannot run a program in");try{return await runner.
execs.execute(request2)}catch(thrown){let what=request2.command[0];throw rpcError(import_constants.Status.FAILED_PRECONDITION,`Cannot run "${what}" in service "${name2}\
": ${reasonOf(thrown)}`)}}function controlService(driver,settings){let{logs,reports,copy,debugLayers,debugContainers,endMachine}=settings;return{status:unaryCall(async()=>readStatus(driver,
reports)),logs:logsCall(logs,()=>driver.state.services.map(({name:name2})=>name2)),incidents:unaryCall(async({service})=>({incidents:reportedIncidents(driver.incidents,
service),bootId:bootId()})),report:unaryCall(()=>readReport(driver,settings)),startService:unaryCall(request2=>commandService(driver,"start",request2)),stopService:unaryCall(
request2=>commandService(driver,"stop",request2)),restartService:unaryCall(request2=>commandService(driver,"restart",request2)),copy:copyCall((service,order)=>startCopier(
driver,copy,service,order)),exec:execCall(start2=>startExecution(driver,debugContainers,start2)),missingLayers:unaryCall(async({layers})=>({missing:debugLayers.
missing(parseDebugLayers(layers))})),pushLayer:pushLayerCall(debugLayers),forward:tunnelCall(start2=>openForward(driver,start2)),debug:tunnelCall(start2=>openInspector(
driver,start2)),end:unaryCall(async({ending})=>{if(!isEnding(ending))throw rpcError(import_constants.Status.INVALID_ARGUMENT,`Unknown ending "${ending}"`);if(!endMachine(
ending))throw rpcError(import_constants.Status.FAILED_PRECONDITION,"Cannot end the machine: no init here");return{}})}}function isEnding(text){return text==="po\
weroff"||text==="reboot"||text==="halt"}var libc11=bindFunctions({mkfifo:{arguments:["string","uint32"],return:"int32"}});function makeFifo(path,mode=384){try{check("mkfifo",libc11.mkfifo(path,mode),path)}catch(thrown){
if(!(thrown instanceof SyscallError)||thrown.code!=="EEXIST")throw thrown}}var numbers=new Map(Object.entries(constants2.signals)),names2=new Map(Object.entries(constants2.signals).map(([name2,number])=>[number,name2]));function signalNumber(name2){
return numbers.get(name2)??constants2.signals.SIGTERM}function signalName(number){return names2.get(number)}async function executeOnFifos(process2,folder,{terminal}){let io=makeFifos(folder,terminal!==void 0),held=[io.stdin,io.stdout,io.stderr].filter(Boolean).map(holdOpen);
try{return await process2.create(io),await process2.start(),execution(process2,io,terminal)}catch(thrown){throw await process2.remove().catch(()=>{}),thrown}finally{
for(let fd of held)closeSync(fd);rmSync(folder,{recursive:!0,force:!0})}}function makeFifos(folder,terminal){mkdirSync(folder,{recursive:!0,mode:448});let fifo=name2=>(makeFifo(
join(folder,name2)),join(folder,name2));return{stdin:fifo("stdin"),stdout:fifo("stdout"),stderr:terminal?"":fifo("stderr"),terminal}}var holdOpen=path=>openSync(
path,constants.O_RDWR|constants.O_NONBLOCK);function execution(process2,io,terminal){let stdin=new Socket({fd:open(io.stdin,constants.O_WRONLY),readable:!1,writable:!0}),
reader=path=>new Socket({fd:open(path,constants.O_RDONLY),readable:!0,writable:!1}),stdout=reader(io.stdout),stderr=io.stderr===""?void 0:reader(io.stderr);for(let stream of[
stdin,stdout,stderr])stream?.on("error",()=>stream.destroy());let kill=signal=>{process2.kill(signalNumber(signal)).catch(()=>{})},resize=size=>{process2.resize(
size).catch(()=>{})};terminal&&resize(terminal);let exitStatus=waitAndRemove(process2);return{stdin,stdout,stderr,exitStatus,resize,endInput(){terminal?stdin.write(
""):stdin.end(()=>{process2.closeInput().catch(()=>{})})},signal:kill,abandon(){for(let stream of[stdin,stdout,stderr])stream?.destroy();kill("SIGHUP");let timer=setTimeout(
()=>kill("SIGKILL"),2e3);exitStatus.catch(()=>{}).finally(()=>clearTimeout(timer))}}}var open=(path,mode)=>openSync(path,mode|constants.O_NONBLOCK);async function waitAndRemove(process2){
try{return await process2.wait()}finally{await process2.remove().catch(()=>{})}}var killTimeoutMs2=1e4;async function removeContainer(containerd,id,isStopped=!1){if(!isStopped){await unlessGone(containerd.killTask(id,9));let ended=unlessGone(
containerd.waitTask(id));await Promise.race([ended,setTimeout2(killTimeoutMs2,null,{ref:!1})])}await unlessGone(containerd.deleteTask(id)),await unlessGone(containerd.
deleteContainer(id))}function readServiceSpec(dir){let path=join(dir,"config.json");try{let spec=JSON.parse(readFileSync(path,"utf8"));return{...spec,process:{oomScoreAdj:readOwnOomScore(),
...spec.process},root:{...spec.root,path:resolve(dir,spec.root?.path??"rootfs")}}}catch(thrown){throw new KitError(`Cannot read "${path}": ${reasonOf(thrown)}`,
{cause:thrown})}}function readOwnOomScore(){return Number(readFileSync("/proc/self/oom_score_adj","utf8"))}var capabilities=["CHOWN","DAC_OVERRIDE","DAC_READ_SEARCH","FOWNER","KILL","NET_ADMIN","NET_BIND_SERVICE","NET_RAW","SETGID","SETUID","SYS_CHROOT","SYS_PTRACE"].
map(name2=>`CAP_${name2}`),restricted=["nosuid","noexec","nodev"];function debugContainerSpec({root,cgroup,pid,env,resolvConf:resolvConf2},request2){let{command,
terminal,term}=request2,namespace2=(type,file)=>({type,path:`/proc/${pid}/ns/${file}`}),mount2=(destination,type,...options)=>({destination,type,source:type,options}),
sets=["bounding","effective","permitted"].map(set=>[set,capabilities]);return{ociVersion:"1.2.1",process:{user:{uid:0,gid:0},args:command,env:[...withoutTermAndHome(
env),"HOME=/root",...term?[`TERM=${term}`]:[]],cwd:"/",terminal:terminal!==void 0,...terminal&&{consoleSize:{height:terminal.rows,width:terminal.columns}},capabilities:Object.
fromEntries(sets),oomScoreAdj:readOwnOomScore()},root:{path:root},mounts:[mount2("/proc","proc",...restricted),mount2("/dev","tmpfs","nosuid","mode=755","size=6\
4k"),mount2("/dev/pts","devpts","nosuid","noexec","newinstance","ptmxmode=0666","mode=0620"),mount2("/dev/shm","tmpfs",...restricted,"mode=1777"),mount2("/sys",
"sysfs",...restricted,"ro"),...resolvConf2?[{...mount2("/etc/resolv.conf","bind","bind","ro"),source:resolvConf2}]:[]],linux:{cgroupsPath:cgroup,namespaces:[namespace2(
"pid","pid"),namespace2("network","net"),namespace2("ipc","ipc"),namespace2("uts","uts"),{type:"mount"},{type:"cgroup"}]}}}var withoutTermAndHome=env=>env.filter(
pair=>!/^(?:TERM|HOME)=/.test(pair));var namespace="kit.debug",resolvConf="/run/resolvconf/resolv.conf",DebugContainers=class{#containerd;#store;#kernel;#count=0;constructor(containerd,store,kernel){
this.#containerd=containerd,this.#store=store,this.#kernel=kernel}async execute(pid,{layers,env},request2,checkPid){let mounted=this.#store.mount(parseDebugLayers(
layers));this.#count+=1;let id=`tools-${process.pid}-${this.#count}`,dir=join(this.#sessions,id),root=this.#mountRoot(dir,pid,mounted),dns=existsSync(resolvConf)?
resolvConf:void 0,spec=debugContainerSpec({root,cgroup:`/debug/${id}`,pid,env,resolvConf:dns},request2),first=this.#process({namespace,id},spec,dir,mounted,checkPid);
return executeOnFifos(first,join(dir,"fifo"),request2)}removeLeftovers(){if(!this.#kernel.isMounted(this.#store.folder))return;let ids=existsSync(this.#sessions)?
readdirSync(this.#sessions):[];this.#store.close();for(let id of ids)this.#remove({namespace,id}).catch(()=>{})}get#sessions(){return join(this.#store.folder,"s\
essions")}#mountRoot(dir,pid,mounted){let root=join(dir,"root"),upper=join(dir,"upper"),lower=mounted.folders.toReversed().join(":");try{for(let folder of[root,
upper,join(dir,"work")])mkdirSync(folder,{recursive:!0});symlinkSync(`/proc/${pidInNamespace(pid)}/root`,join(upper,"target"));let options=[`lowerdir=${lower}`,
`upperdir=${upper}`,`workdir=${join(dir,"work")}`];return this.#kernel.mount("overlay",root,"overlay",options),root}catch(thrown){throw this.#removeFiles(dir,mounted),
thrown}}#process(id,spec,dir,mounted,checkPid){let containerd=this.#containerd;return{async create(io){await containerd.createContainer(id,spec,"crun"),await containerd.
createTask(id,io),checkPid()},start:()=>containerd.startTask(id),kill:signal=>containerd.killTask(id,signal),resize:size=>containerd.resizeExec(id,"",size),closeInput:()=>containerd.
closeExecStdin(id,""),wait:async()=>(await containerd.waitTask(id)).status,remove:async()=>{try{await this.#remove(id)}finally{this.#removeFiles(dir,mounted)}}}}async#remove(id){
let killFile=join(cgroupRoot,"debug",id.id,"cgroup.kill");existsSync(killFile)&&writeFileSync(killFile,"1"),await removeContainer(this.#containerd,id)}#removeFiles(dir,mounted){
let root=join(dir,"root");this.#kernel.isMounted(root)&&this.#kernel.unmount(root),rmSync(dir,{recursive:!0,force:!0}),mounted.release()}};function pidInNamespace(pid){
let status=readFileSync(`/proc/${pid}/status`,"utf8");return/^NSpid:.*?(\d+)$/m.exec(status)?.[1]??String(pid)}var all15=process.getBuiltinModule("node:fs/promises");var open2=all15.open;var rename=all15.rename;var rm=all15.rm;var LOOP_CTL_GET_FREE=19586,LOOP_CONFIGURE=19466,LO_FLAGS_READ_ONLY=1,LO_FLAGS_AUTOCLEAR=4,attempts=16;function mountImage(file,target,type,options=[]){let loop=attachLoop(
file);try{mount(loop.device,target,type,["ro",...options])}finally{loop.close()}}function attachLoop(file){let backing=openSync(file,"r");try{let control=openSync(
"/dev/loop-control","r+");try{return configureFree(control,backing,file)}finally{closeSync(control)}}finally{closeSync(backing)}}function configureFree(control,backing,file){
for(let attempt=1;;attempt+=1){let device2=`/dev/loop${ioctl("LOOP_CTL_GET_FREE",control,LOOP_CTL_GET_FREE,null)}`,fd=openSync(device2,"r");try{return ioctl("LO\
OP_CONFIGURE",fd,LOOP_CONFIGURE,loopConfig(backing,file),file),{device:device2,close:()=>closeSync(fd)}}catch(thrown){if(closeSync(fd),!(thrown instanceof SyscallError&&
thrown.code==="EBUSY")||attempt===attempts)throw thrown}}}function loopConfig(backing,file){let config=Buffer.alloc(304);return config.writeUInt32LE(backing,0),
config.writeUInt32LE(4096,4),config.writeUInt32LE(LO_FLAGS_READ_ONLY|LO_FLAGS_AUTOCLEAR,60),config.write(file.slice(-63),64,63,"utf8"),config}var reserve=32<<20;function requireMemory(bytes,folder){let{total,available}=readMeminfo(),{bsize,bavail}=folder===void 0?{bsize:1,bavail:total/2}:statfsSync(folder),
free=Math.max(0,Math.min(available-reserve,bsize*bavail));if(bytes<=free)return;let action=`Cannot bring ${megabytes(bytes)} of a debug image into the machine`,
why=`it has ${megabytes(free)} of memory left for it`;throw rpcError(import_constants.Status.RESOURCE_EXHAUSTED,`${action}: ${why}`)}var megabytes=bytes=>`${(bytes/
1e6).toFixed(1)} MB`;function requireImageMounts(){if(!/^ *0 +0 +4294967295$/m.test(readFileSync("/proc/self/uid_map","utf8")))throw rpcError(import_constants.Status.
FAILED_PRECONDITION,"Cannot bring a debug image into a machine that is a container: nothing can be mounted from a file there")}async function writeLayerFile(path,layer,chunks){let hash=createHash("sha256"),written=0;await using file=await open2(path,"wx",384);for await(let bytes of chunks){
if(written+=bytes.length,written>layer.bytes)throw invalidLayer(`it has more than its ${layer.bytes} bytes`);hash.update(bytes),await file.writeFile(bytes)}if(written<
layer.bytes)throw invalidLayer(`${written} of its ${layer.bytes} bytes came`);if(`sha256:${hash.digest("hex")}`!==layer.digest)throw invalidLayer(`its bytes are\
 not those of ${layer.digest}`)}var keepMs=10*6e4,LayerStore=class{folder;#machineLayers;#kernel;#users=new Map;#timers=new Map;#received=0;#busy=0;constructor({folder,machineLayers},kernel){this.
folder=folder,this.#machineLayers=machineLayers,this.#kernel=kernel}missing(layers){requireImageMounts();let absent=layers.filter(layer=>!this.#has(layer));return this.#requireMemory(
absent.reduce((sum2,{bytes})=>sum2+bytes,0)),absent.map(({digest})=>digest)}async receive(layer,bytes){this.#requireMemory(layer.bytes),this.#mountStore(),this.#received+=
1,this.#busy+=1;let part=join(this.folder,`coming-${this.#received}`);try{await writeLayerFile(part,layer,bytes),await rename(part,this.#file(layer)),this.#scheduleRemoval(
layer)}finally{await rm(part,{force:!0}),this.#busy-=1,this.#closeIfEmpty()}}mount(layers){this.#mountStore(),this.#busy+=1;let mounted=[],release2=()=>{for(let layer of mounted.
splice(0))this.#unmountLayer(layer);this.#busy-=1,this.#closeIfEmpty()};try{return{folders:layers.map(layer=>{let machineLayer=this.#machineLayer(layer);if(existsSync(
machineLayer))return machineLayer;let folder=this.#mountLayer(layer);return mounted.push(layer),folder}),release:release2}}catch(thrown){throw release2(),thrown}}close(){
this.#kernel.isMounted(this.folder)&&this.#kernel.unmount(this.folder)}#mountLayer(layer){let[file,folder]=[this.#file(layer),this.#mountPoint(layer)];if(!existsSync(
file))throw rpcError(import_constants.Status.FAILED_PRECONDITION,`Layer "${layer.digest}" is not in the machine`);let users=this.#users.get(layer.digest)??0;return users===
0&&(mkdirSync(folder,{recursive:!0}),mountImage(file,folder,"erofs")),clearTimeout(this.#timers.get(layer.digest)),this.#users.set(layer.digest,users+1),folder}#unmountLayer(layer){
let users=(this.#users.get(layer.digest)??1)-1;this.#users.set(layer.digest,users),!(users>0)&&(this.#kernel.unmount(this.#mountPoint(layer)),this.#scheduleRemoval(
layer))}#scheduleRemoval(layer){if(clearTimeout(this.#timers.get(layer.digest)),(this.#users.get(layer.digest)??0)>0)return;let remove=()=>{rmSync(this.#file(layer),
{force:!0}),this.#closeIfEmpty()};this.#timers.set(layer.digest,setTimeout(remove,keepMs).unref())}#closeIfEmpty(){this.#busy>0||!existsSync(this.folder)||readdirSync(
this.folder).some(name2=>name2.endsWith(".erofs"))||this.close()}#mountStore(){this.#kernel.isMounted(this.folder)||(this.#kernel.makeFolder(this.folder),this.#kernel.
mount("tmpfs",this.folder,"tmpfs",["nosuid","nodev","mode=700","size=50%"]))}#requireMemory(bytes){requireMemory(bytes,this.#kernel.isMounted(this.folder)?this.
folder:void 0)}#has=layer=>existsSync(this.#machineLayer(layer))||existsSync(this.#file(layer));#machineLayer=({id})=>join(this.#machineLayers,id);#file=({digest})=>join(
this.folder,`${hexOf(digest)}.erofs`);#mountPoint=({digest})=>join(this.folder,"layers",hexOf(digest))},hexOf=digest=>digest.slice(7);var incidentFolders={disk:"/var/lib/kit/incidents",memory:"/run/kit/incidents"},memoryTypes=new Set(["tmpfs","ramfs","overlay","rootfs"]);function incidentFolder(mounts=listMounts()){
let holder=mounts.findLast(({target})=>["/var","/var/lib","/var/lib/kit"].includes(target));return holder!==void 0&&!memoryTypes.has(holder.type)&&!holder.options.
includes("ro")?incidentFolders.disk:incidentFolders.memory}var incidentLimits={incidents:10,lines:50,characters:500,frames:20};function withIncident(known,{what,nowMs,boot},lines){let lastLines3=lines.slice(-incidentLimits.
lines).map(shortened2),last=known.at(-1),same=last?.what===what&&last.boot===boot?last:void 0,next={what,firstMs:same?.firstMs??nowMs,lastMs:nowMs,count:(same?.
count??0)+1,lines:lastLines3,stack:stackOf(lastLines3),boot};return[...same?known.slice(0,-1):known,next].slice(-incidentLimits.incidents)}function shortened2(line){
let{msg}=line;return msg.length>incidentLimits.characters?{...line,msg:`${msg.slice(0,incidentLimits.characters)}\u2026`}:line}var frame=/^\s+at \S/,errorHead=/^(?:Uncaught )?[A-Z][\w.]*(?: \[\w+\])?(?::|$)/,
maxMessageLines=5;function stackOf(lines){let texts=lines.flatMap(({stream,msg})=>stream==="stderr"?[msg]:[]),lastFrame=texts.findLastIndex(text=>frame.test(text));
if(lastFrame===-1)return[];let first=lastFrame;for(;first>0&&frame.test(texts[first-1]??"");)first-=1;let earliest=Math.max(0,first-maxMessageLines),head=texts.
slice(earliest,first).findLastIndex(text=>errorHead.test(text)),from=head===-1?Math.max(0,first-1):earliest+head;return texts.slice(from,Math.min(lastFrame+1,from+
incidentLimits.frames))}var maxFileLength=4<<20,Incidents=class{#folder;#logs;constructor(folder,logs){this.#folder=folder,this.#logs=logs}add(name2,what){let folder=this.#folder(),lines=lastLines2(
this.#logs,name2),text=JSON.stringify(withIncident(this.of(name2),{what,nowMs:Date.now(),boot:bootId()},lines));mkdirSync(folder,{recursive:!0,mode:448});let path=join(
folder,`${name2}.json`);writeFileSync(`${path}.new`,text,{mode:384,flush:!0}),renameSync(`${path}.new`,path),syncFolder(folder)}of(name2){try{let text=readFileSync(
join(this.#folder(),`${name2}.json`),"utf8"),value=text.length>maxFileLength?[]:JSON.parse(text);return Array.isArray(value)?value.filter(isIncident):[]}catch{return[]}}names(){
try{return readdirSync(this.#folder()).filter(file=>file.endsWith(".json")).map(file=>file.slice(0,-5)).sort()}catch{return[]}}};function syncFolder(folder){let fd=openSync(
folder,constants.O_RDONLY|constants.O_DIRECTORY);try{fsyncSync(fd)}finally{closeSync(fd)}}function lastLines2(logs,name2){let reader=new LogReader(logs,name2,{tail:incidentLimits.
lines});try{return[...reader.read()].map(({t,stream,msg})=>({t,stream,msg}))}finally{reader.close()}}function isIncident(value){if(typeof value!="object"||value===
null)return!1;let{what,firstMs,lastMs,count,lines,stack,boot}=value,numbers2=[firstMs,lastMs,count].every(Number.isSafeInteger);return typeof what=="string"&&typeof boot==
"string"&&numbers2&&Array.isArray(lines)&&Array.isArray(stack)}var InitChannel=class{go;shutdown;constructor(){let[go,shutdown]=[Promise.withResolvers(),Promise.withResolvers()];process.send||go.resolve(),process.on("messag\
e",({kind})=>(kind==="go"?go:shutdown).resolve()),this.go=go.promise,this.shutdown=shutdown.promise}send(message){return!process.send||!process.connected?!1:(process.
send(message),!0)}};function recordOnbootFailures(incidents,reports){for(let report2 of readTaskReports(reports,"onboot"))report2.state==="failed"&&incidents.add(report2.name,lastExitOf(
report2))}function reportProgress(driver,channel){driver.on("settled",failed=>channel.send({kind:"settled",failed})),driver.on("down",()=>channel.send({kind:"stopped"}));
let reported;driver.on("change",()=>{let{stage,services}=driver.state,name2=services.findLast(({phase})=>phase==="stopping")?.name;stage!=="shuttingDown"||name2===
void 0||name2===reported||(reported=name2,channel.send({kind:"stopping",name:name2}))})}async function listAllTasks(containerd,bundles){let namespaces=[...new Set(bundles.map(({runtime})=>runtime.namespace))];return(await Promise.all(namespaces.map(
namespace2=>containerd.listTasks(namespace2)))).flat()}async function adoptTasks(driver,containerd,saved){let runners=[...driver.runners.values()],byNamespace=Map.groupBy(runners,({bundle})=>bundle.runtime.namespace);
for(let[namespace2,members]of byNamespace){let tasks=new Map((await listTasks(containerd,namespace2)).map(task=>[task.id,task])),adoptions=members.map(runner=>adopt(
driver,runner,tasks.get(runner.bundle.name),saved));await Promise.all(adoptions)}}async function listTasks(containerd,namespace2){for(;;)try{return await containerd.
listTasks(namespace2)}catch(thrown){if(!isAway(thrown))throw thrown;await setTimeout2(100)}}async function adopt(driver,runner,task,saved){let{name:name2}=runner.
bundle,before=saved.services[name2];if(task?.state==="created")return runner.remove(task);if(!task&&!before?.pid)return;let pid=task?.pid??before?.pid??0;task&&
await runner.adopt(task),driver.dispatch({kind:"adopted",name:name2,pid,nowMs:before?.startedMs??0}),driver.watch(runner,driver.service(name2)?.run??0)}var healthCheck={period:1e4,failures:3};async function watchHealth(probe,report2,signal){let healthy=!0;for(let failures=0;;){if(await pause(),signal.aborted)return;
let why=await probe();if(signal.aborted)return;failures=why===""?0:failures+1,(healthy?failures>=healthCheck.failures:failures===0)&&(healthy=!healthy,report2(healthy,
why))}}function pause(){return new Promise(resolve2=>{setTimeout(resolve2,healthCheck.period).unref()})}var interval={first:50,most:1e3,growth:1.5},timeouts={connect:1e3,http:5e3,exec:3e4};async function untilReady(probe,target,signal){for(let ms=interval.first;!signal.
aborted;ms=Math.min(ms*interval.growth,interval.most)){if(await findFault(probe,target)==="")return!signal.aborted;await setTimeout2(ms)}return!1}async function findFault(probe,target){
let{tcp,http,exec,log,file}=probe;if(file!==void 0)return statSync(file,{throwIfNoEntry:!1})?"":`${file} is not there`;if(log!==void 0)return target.hasLogged()?
"":`no line matches ${log}`;if(exec!==void 0)return await target.succeeds(exec,timeouts.exec)?"":`"${exec.join(" ")}" does not succeed`;try{return http!==void 0?
await probeHttp(target.pid,http):(tcp!==void 0&&(await connectInNetworkOf(target.pid,tcp,timeouts.connect)).destroy(),"")}catch(thrown){return`port ${http?.port??
tcp} ${portFault(thrown)}`}}function portFault(thrown){return codeOf(thrown)==="ECONNREFUSED"?"refuses connections":thrown instanceof Error&&thrown.name==="Abor\
tError"?"does not answer in time":`cannot be reached: ${reasonOf(thrown)}`}var maxBodyBytes=65536;async function probeHttp(pid,{port,path}){let{get}=process.getBuiltinModule(
"node:http"),socket=await connectInNetworkOf(pid,port,timeouts.connect),signal=AbortSignal.timeout(timeouts.http);return new Promise((resolve2,reject)=>{let request2=get(
{host:"127.0.0.1",port,path,signal,createConnection:()=>socket},response=>{let left=maxBodyBytes;response.on("error",()=>{}).on("data",bytes=>{left-=bytes.length,
left<0&&request2.destroy()});let{statusCode=0}=response,isGood=statusCode>=200&&statusCode<400;resolve2(isGood?"":`port ${port} answers ${path} with ${statusCode}`)});
request2.on("error",reject)})}async function probeRun(probe,target,{onReady:onReady2,onHealth:onHealth2},signal){await untilReady(probe,target,signal)&&(onReady2(),probe.log===void 0&&await watchHealth(
()=>findFault(probe,target),onHealth2,signal))}function launch(draft,service){Object.assign(service,{phase:"starting",live:!0,run:service.run+1,startAfterStop:!1,stopSent:"none",timerId:0,pid:0,health:{...service.
health,state:"unknown"}}),draft.start(service)}function relaunch(draft,service){service.run>0&&(service.restarts+=1),launch(draft,service)}function startUnblocked(draft){for(let service of draft.services){let isUnblocked=service.policy.after.every(name2=>draft.service(name2)?.reached??!0);service.phase===
"waiting"&&isUnblocked&&launch(draft,service)}}function markSettled(draft){let failed=new Set;for(let{name:name2,reached,failedOnce,wanted,policy}of draft.services){
let isBlocked=policy.after.some(other=>failed.has(other));if(!(reached||!wanted)){if(!failedOnce&&!isBlocked)return;failed.add(name2)}}draft.announceSettled([...failed])}var stopSignalTiming={resendMs:1e3,youngMs:1e4};function beginStop(draft,service){let{policy}=service;if(service.phase!=="stopping"){if(service.phase==="failed"){
sendSigkill(draft,service);return}service.phase!=="starting"&&draft.kill(service,policy.stopSignal),service.phase="stopping",service.stopSent="stopSignal",waitForExit(
draft,service,policy.stopTimeoutMs)}}function onStopTimer(draft,service,nowMs){service.stopSent!=="stopSignal"?giveUp(draft,service):service.stopLeftMs>0?waitLonger(
draft,service,nowMs):(sendSigkill(draft,service),reportKilled(draft,service))}function waitLonger(draft,service,nowMs){service.pid!==0&&nowMs-service.startedMs<
stopSignalTiming.youngMs&&draft.kill(service,service.policy.stopSignal),waitForExit(draft,service,service.stopLeftMs)}function waitForExit(draft,service,leftMs){
let ms=Math.min(leftMs,stopSignalTiming.resendMs);service.stopLeftMs=leftMs-ms,draft.setTimer(service,ms)}function sendSigkill(draft,service){draft.kill(service,
"SIGKILL"),service.phase="stopping",service.stopSent="SIGKILL",draft.setTimer(service,5e3)}function reportKilled(draft,service){let{stopSignal,stopTimeoutMs}=service.
policy;if(service.pid===0||stopTimeoutMs===0)return;let what=`did not stop on ${stopSignal} within ${stopTimeoutMs/1e3} s: killed`;draft.recordIncident(service,
what),draft.report(service,what,!0)}function giveUp(draft,service){let lastExit="did not end on SIGKILL";draft.recordIncident(service,lastExit),Object.assign(service,
{phase:"failed",failedOnce:!0,timerId:0,startAfterStop:!1,lastExit}),draft.report(service,lastExit,!0)}function onStart(draft,service){draft.stage==="up"&&(service.wanted=!0,service.failures=0,service.live?(service.phase==="stopping"||service.phase==="failed")&&(service.
startAfterStop=!0):relaunch(draft,service))}function onStop(draft,service){service.wanted=!1,service.startAfterStop=!1,service.live?beginStop(draft,service):service.
phase!=="failed"&&(service.phase="stopped",service.timerId=0)}function onRestart(draft,service){draft.stage==="up"&&(service.live?(service.wanted=!0,service.startAfterStop=
!0,service.failures=0,beginStop(draft,service)):onStart(draft,service))}var Draft=class{stage;settled;#services;#actions=[];#lastTimerId;constructor({services,stage,settled,lastTimerId}){this.#services=new Map(services.map(service=>[
service.name,{...service}])),this.stage=stage,this.settled=settled,this.#lastTimerId=lastTimerId}get services(){return[...this.#services.values()]}service(name2){
return this.#services.get(name2)}start({name:name2,run}){this.#actions.push({kind:"start",name:name2,run})}kill({name:name2,run},signal){this.#actions.push({kind:"\
kill",name:name2,run,signal})}probe({name:name2,run}){this.#actions.push({kind:"probe",name:name2,run})}setTimer(service,ms){this.#lastTimerId+=1,service.timerId=
this.#lastTimerId,this.#actions.push({kind:"timer",name:service.name,id:service.timerId,ms})}report({name:name2},message,console2=!1){this.#actions.push({kind:"\
report",name:name2,message,console:console2})}recordIncident({name:name2,run},what){this.#actions.push({kind:"incident",name:name2,run,what})}announceSettled(failed){
this.settled=!0,this.#actions.push({kind:"settled",failed})}announceDown(){this.stage="down",this.#actions.push({kind:"down"})}finish(){let{services,stage,settled}=this;
return{state:{services,stage,settled,lastTimerId:this.#lastTimerId},actions:this.#actions}}};var sigkill=128+signalNumber("SIGKILL");function exitSentence(exit){if(!exit)return"ended while containerd was away";let{status,counted}=exit;if(status===sigkill&&
counted.oomKills>0)return`killed by the kernel: out of memory${memoryLimitText(counted)}`;let signal=signalName(status-128),how=signal?`killed by ${signal}`:`ex\
it status ${status}`;return status===0?how:`${how}${limitsText(counted)}`}function limitsText(counted){let{oomKills,processLimit,forksRefused}=counted,killed=oomKills>
0?[`${oomKills} killed by the kernel: out of memory${memoryLimitText(counted)}`]:[],refused=forksRefused>0?[`its limit of ${processLimit} processes refused ${forksRefused}`]:
[],all16=[...killed,...refused];return all16.length>0?` (${all16.join("; ")})`:""}function memoryLimitText({memoryLimit}){return memoryLimit===null?"":`, its li\
mit is ${(memoryLimit/2**20).toFixed(1)} MiB`}function onStartFailed(draft,service,reason2){markNotLive(service,`cannot start: ${reason2}`),isStopExpected(service)?afterStop(draft,service):afterFailure(draft,
service,service.failures+1,service.lastExit)}function onExited(draft,service,{exit,nowMs}){markNotLive(service,exitSentence(exit));let steady=nowMs-service.startedMs>=
backoff.steady,what=`ended: ${service.lastExit}`;isStopExpected(service)?afterStop(draft,service):exit?.status===0&&service.policy.restart!=="always"?afterSuccess(
draft,service,what):afterFailure(draft,service,steady?1:service.failures+1,what)}function markNotLive(service,lastExit){Object.assign(service,{live:!1,pid:0,timerId:0,
lastExit})}var isStopExpected=({startAfterStop,wanted})=>startAfterStop||!wanted;function afterStop(draft,service){draft.report(service,`stopped: ${service.lastExit}`),
service.startAfterStop&&draft.stage==="up"?relaunch(draft,service):(service.phase="stopped",service.startAfterStop=!1)}function afterSuccess(draft,service,what){
Object.assign(service,{phase:"stopped",reached:!0,failures:0}),draft.report(service,what)}function afterFailure(draft,service,failures,what){service.failures=failures,
service.failedOnce=!0,draft.recordIncident(service,what),service.policy.restart==="no"?(service.phase="failed",draft.report(service,what,!0)):startLater(draft,service,
what)}function startLater(draft,service,what){let{failures}=service;service.phase="backoff";let ms=backoffMs(failures),isLoop=failures===backoff.loop,prefix=isLoop?
`crash loop, ${failures} failures in a row: `:"";draft.report(service,`${prefix}${what}; next start in ${ms/1e3} s`,failures===1||isLoop),draft.setTimer(service,
ms)}function onAdopted(draft,service,pid,nowMs){service.live||(Object.assign(service,{phase:"starting",live:!0,run:service.run+1,stopSent:"none"}),onStarted(draft,service,
pid,nowMs))}function onStarted(draft,service,pid,nowMs){let{policy}=service;if(service.pid=pid,service.startedMs=nowMs,service.phase==="stopping"||service.phase===
"failed"){draft.kill(service,service.stopSent==="stopSignal"?policy.stopSignal:"SIGKILL");return}service.phase="running",service.wanted?policy.probed?draft.probe(
service):onReady(service,nowMs):beginStop(draft,service)}function onReady(service,nowMs){service.phase==="running"&&(service.phase="ready",service.reached=!0,service.
policy.probed&&(service.health={...service.health,state:"healthy",sinceMs:nowMs}))}function onHealth(draft,service,{healthy,why,nowMs}){let state=healthy?"healt\
hy":"unhealthy";service.phase!=="ready"||service.health.state===state||(service.health={state,sinceMs:nowMs,falls:service.health.falls+(healthy?0:1)},draft.report(
service,healthy?"is healthy again":`is unhealthy: ${why}`,!0))}function beginShutdown(draft){if(!(draft.stage==="shuttingDown"||draft.stage==="down")){draft.stage="shuttingDown";for(let service of draft.services)service.wanted=
!1,service.startAfterStop=!1,!(service.live||service.phase==="failed")&&(service.phase="stopped",service.timerId=0)}}function stopLastService(draft){let last=draft.
services.findLast(({live:live2,phase})=>live2&&phase!=="failed");last?beginStop(draft,last):draft.announceDown()}function transition(state,event){let draft=new Draft(state);return event.kind==="shutdown"?beginShutdown(draft):event.kind!=="boot"?applyToService(draft,event):
draft.stage==="adopting"&&(draft.stage="up"),draft.stage==="up"&&startUnblocked(draft),draft.stage==="shuttingDown"&&stopLastService(draft),draft.stage==="up"&&
!draft.settled&&markSettled(draft),draft.finish()}function applyToService(draft,event){let service=draft.service(event.name);service&&("run"in event&&(event.run!==
service.run||!service.live)||(event.kind==="start"?onStart(draft,service):event.kind==="stop"?onStop(draft,service):event.kind==="restart"?onRestart(draft,service):
event.kind==="adopted"?onAdopted(draft,service,event.pid,event.nowMs):event.kind==="started"?onStarted(draft,service,event.pid,event.nowMs):event.kind==="startF\
ailed"?onStartFailed(draft,service,event.reason):event.kind==="exited"?onExited(draft,service,event):event.kind==="ready"?onReady(service,event.nowMs):event.kind===
"health"?onHealth(draft,service,event):event.kind==="timer"&&event.id===service.timerId&&onTimer(draft,service,event.nowMs)))}function onTimer(draft,service,nowMs){
service.phase==="backoff"?relaunch(draft,service):service.phase==="stopping"&&onStopTimer(draft,service,nowMs)}var ConcurrencyLimit=class{#free;#queue=[];constructor(limit){this.#free=limit}async run(task){this.#free>0?this.#free-=1:await new Promise(resolve2=>this.#queue.
push(resolve2));try{return await task()}finally{let next=this.#queue.shift();next?next():this.#free+=1}}};var exitReportMs2=2e3,Driver=class extends EventEmitter{runners;incidents;#stateFile;#probes=new Map;#starts=new ConcurrencyLimit(availableParallelism()+1);#shutdown=Promise.
withResolvers();#state;constructor(state,runners,stateFile,incidents){super(),this.setMaxListeners(0),this.#state=state,this.runners=runners,this.#stateFile=stateFile,
this.incidents=incidents}get state(){return this.#state}service(name2){return this.#state.services.find(service=>service.name===name2)}dispatch(event){let{state,
actions}=transition(this.#state,event);this.#state=state,"name"in event&&!this.service(event.name)?.live&&this.#probes.get(event.name)?.abort();for(let action of actions)
this.#do(action);this.#stateFile.write(state),event.kind==="shutdown"&&this.#shutdown.resolve(),this.emit("change")}async watch(runner,run){let{name:name2}=runner.
bundle,unreported=Promise.all([runner.untilGone(),this.#shutdown.promise]).then(()=>setTimeout2(exitReportMs2,null)),exit=await Promise.race([runner.waitForExit(),
unreported]);this.dispatch({kind:"exited",name:name2,run,exit,nowMs:uptimeMs()})}#do(action){if(action.kind==="settled")this.emit("settled",action.failed);else if(action.
kind==="down")this.emit("down");else{let runner=this.runners.get(action.name);if(!runner)return;action.kind==="start"?this.#start(runner,action.run):action.kind===
"kill"?this.#kill(runner,action):action.kind==="probe"?this.#probe(runner,action.run):action.kind==="incident"?this.#recordIncident(runner,action.what):action.kind===
"report"?report(runner,action.message,action.console):setTimeout(()=>this.#dispatchTimer(action.name,action.id),action.ms)}}#dispatchTimer(name2,id){this.dispatch(
{kind:"timer",name:name2,id,nowMs:uptimeMs()})}async#start(runner,run){let{name:name2}=runner.bundle;try{let pid=await this.#starts.run(()=>runner.start());this.
dispatch({kind:"started",name:name2,run,pid,nowMs:uptimeMs()})}catch(thrown){this.dispatch({kind:"startFailed",name:name2,run,reason:reasonOf(thrown)});return}await this.
watch(runner,run)}#kill(runner,{run,signal}){if(run===this.service(runner.bundle.name)?.run)try{runner.kill(signalNumber(signal))}catch(thrown){runner.log.write(
"kit",[`cannot send ${signal}: ${reasonOf(thrown)}`])}}#recordIncident({bundle,log},what){try{this.incidents.add(bundle.name,what)}catch(thrown){log.write("kit",
[`cannot keep the incident: ${reasonOf(thrown)}`])}}#probe(runner,run){let{name:name2,runtime}=runner.bundle,abort=new AbortController;this.#probes.get(name2)?.
abort(),this.#probes.set(name2,abort);let onReady2=()=>this.dispatch({kind:"ready",name:name2,run,nowMs:uptimeMs()}),onHealth2=(healthy,why)=>this.dispatch({kind:"\
health",name:name2,run,healthy,why,nowMs:uptimeMs()}),target=runner.probeTarget(this.service(name2)?.pid??0);probeRun(runtime.kit.ready??{},target,{onReady:onReady2,
onHealth:onHealth2},abort.signal)}};function report({bundle,log},message,console2){log.write("kit",[message]),console2&&printLine(`service "${bundle.name}" ${message}`,
2)}function inStartOrder(services){let byName=new Map(services.map(service=>[service.name,service])),done=new Map,open3=new Set,visit=service=>{if(done.has(service.
name))return;open3.add(service.name);let after=service.policy.after.filter(name2=>byName.has(name2)&&!open3.has(name2));for(let name2 of after){let before=byName.
get(name2);before&&visit(before)}open3.delete(service.name),done.set(service.name,{...service,policy:{...service.policy,after}})};for(let service of services)visit(
service);return[...done.values()]}function restoreState(bundles,saved){let services=bundles.map(({name:name2,runtime})=>{let policy={...runtime.kit,probed:runtime.kit.ready!==null};return newService(
name2,policy,{...saved.services[name2],pid:0})});return initialState(inStartOrder(services),saved.settled)}function isFirstOfBoot({services}){return Object.keys(
services).length===0}function prepareBundle({dir,runtime},kernel){let again=kernel.isMounted(join(dir,"rootfs"));again&&releaseBundle({dir,runtime},kernel);let wanted=runtime.mounts.
filter(mount2=>!again||isOwn(dir,mount2));makeMounts(dir,wanted,kernel,()=>{for(let path of runtime.mkdir)kernel.makeFolder(absolutePath(dir,path));for(let cgroup of runtime.
cgroups)kernel.makeCgroup(cgroup)})}function makeMounts(dir,mounts,kernel,afterwards=()=>{}){let made=[];try{for(let mount2 of mounts)makeMount(dir,mount2,kernel,
made);afterwards()}catch(thrown){for(let target of made.reverse())quietly(()=>kernel.unmount(target));throw thrown}}function releaseBundle({dir,runtime},kernel){
let own2=runtime.mounts.filter(mount2=>isOwn(dir,mount2)&&!isRemount(mount2));for(let{destination}of own2.toReversed()){let target=absolutePath(dir,destination);
kernel.isMounted(target)&&quietly(()=>kernel.unmount(target))}}function prepareProcess(pid,runtime,kernel){for(let entry of runtime.interfaces)makeInterface(entry,
pid,kernel);for(let[kind,path]of Object.entries(runtime.bindNS))path!==""&&(kernel.makeFile(path),kernel.isMounted(path)&&kernel.unmount(path),kernel.mount(`/pr\
oc/${pid}/ns/${kind}`,path,"",["bind"]))}function absolutePath(dir,path){return isAbsolute(path)?path:join(dir,"rootfs",path)}function isOwn(dir,{destination}){
return absolutePath(dir,destination).startsWith(`${dir}/`)}function isRemount({options}){return options.includes("remount")}function makeMount(dir,mount2,kernel,made){
let target=absolutePath(dir,mount2.destination),isBind=mount2.options.some(word=>word==="bind"||word==="rbind");try{isBind&&kernel.isFile(mount2.source)?kernel.
makeFile(target):kernel.makeFolder(target);for(let word of mount2.options){let folder=/^(?:upperdir|workdir)=(.+)$/.exec(word)?.[1];folder&&kernel.makeFolder(folder)}
kernel.mount(mount2.source,target,mount2.type,mount2.options)}catch(thrown){throw new KitError(`Cannot mount "${mount2.source}" (${mount2.type||"bind"}) on "${target}\
": ${reasonOf(thrown)}`,{cause:thrown})}isRemount(mount2)||made.push(target)}function makeInterface({name:name2,add:add2,peer,createInRoot},pid,kernel){if(add2){
let ends={name:name2,kind:add2,...peer&&{peer}};if(kernel.createLink(createInRoot?ends:{...ends,inNamespaceOf:pid}),!createInRoot)return}kernel.moveLink(name2,pid)}
function quietly(act){try{act()}catch{}}var libc12=bindFunctions({syscall:{arguments:["int64","int64","int64","pointer","int64"],return:"int64"}}),PIDFD_SEND_SIGNAL=424n,PIDFD_OPEN=434n;function openProcess(pid){
let fd=unlessGone2(()=>Number(check("pidfd_open",libc12.syscall(PIDFD_OPEN,BigInt(pid),0n,null,0n))));if(fd===void 0)return;let ended=Promise.withResolvers(),poll=pollDescriptor(
fd,()=>{poll.want({readable:!1,writable:!1}),ended.resolve()});poll.want({readable:!0,writable:!1});let held=!0;return{pid,ended:ended.promise,signal:signal=>held&&
unlessGone2(()=>send(fd,signal))!==void 0,release(){held&&poll.close().then(()=>closeSync(fd)),held=!1}}}function send(fd,signal){let result=libc12.syscall(PIDFD_SEND_SIGNAL,
BigInt(fd),BigInt(signal),null,0n);return check("pidfd_send_signal",result)}function unlessGone2(act){try{return act()}catch(thrown){if(thrown instanceof SyscallError&&
thrown.code==="ESRCH")return;throw thrown}}var LineMatcher=class{#pattern;#found=!1;constructor(pattern3){this.#pattern=pattern3===void 0?void 0:new RegExp(pattern3,"u")}get found(){return this.#found}reset(){
this.#found=!1}read({pieces}){let pattern3=this.#pattern;!pattern3||this.#found||(this.#found=textLines(Buffer.concat(pieces)).some(line=>pattern3.test(unmarked(
line))))}readLog({folder,source}){let pattern3=this.#pattern;if(!pattern3)return;let reader=new LogReader(folder.path,source);for(let{stream,msg}of reader.read())
this.#found||=stream!=="kit"&&pattern3.test(msg);reader.close()}};var sharedBuffer=Buffer.allocUnsafeSlow(64*1024);function openOutputFifos(folder,name2,log,matcher){mkdirSync(folder,{recursive:!0,mode:448});let open3=stream=>readFifo(
join(folder,`${name2}.${stream}`),stream,log,matcher),[stdout,stderr]=[open3("stdout"),open3("stderr")];return{stdout:stdout.path,stderr:stderr.path,async flush(){
for(let turn=0;turn<2;turn+=1)await new Promise(setImmediate);for(let{sink}of[stdout,stderr])sink.end()}}}function readFifo(path,stream,log,matcher){makeFifo(path);
let fd=openSync(path,constants.O_RDWR|constants.O_NONBLOCK),sink=log.sink(stream,lines=>matcher.read(lines)),onread={buffer:sharedBuffer,callback(bytes){return sink.
push(sharedBuffer.subarray(0,bytes)),!0}};return new Socket({fd,readable:!0,writable:!1,onread}).on("error",error=>log.write("kit",[`cannot read ${stream}: ${error.
message}`])),{path,sink}}var retryMs=200,maxRefusals=25;async function untilAnswered(call2,log){for(let refusals=0;refusals<maxRefusals;)try{return await call2()}catch(thrown){if(isNotFound(
thrown))return null;isAway(thrown)||(refusals+=1),refusals===maxRefusals&&log.write("kit",[`containerd: ${reasonOf(thrown)}`]),await setTimeout2(retryMs)}return null}var ServiceCgroup=class{#bundleDir;#specPath;constructor(bundleDir){this.#bundleDir=bundleDir}usage(pid){return readCgroup(this.path(pid))}path(pid){let path=this.#pathInSpec();
return path?.startsWith("/")?path:ownPath(cgroupPathOf(pid))}#pathInSpec(){try{this.#specPath??=readServiceSpec(this.#bundleDir).linux?.cgroupsPath}catch{}return this.#specPath}},
ownPath=path=>path==="/"?void 0:path;function setOomScore(pid,score){try{writeFileSync(`/proc/${pid}/oom_score_adj`,String(score))}catch{}}function executeInContainer(target,request2){let{containerd,container,execId,folder}=target;return executeOnFifos({create:io=>containerd.exec(container,execId,processSpec(
target,request2),io),start:async()=>{let{pid}=await containerd.startExec(container,execId);setOomScore(pid,target.process.oomScoreAdj)},kill:signal=>containerd.
killExec(container,execId,signal),resize:size=>containerd.resizeExec(container,execId,size),closeInput:()=>containerd.closeExecStdin(container,execId),wait:async()=>(await containerd.
waitExec(container,execId)).status,remove:()=>containerd.deleteExec(container,execId)},join(folder,execId),request2)}var defaultPath="PATH=/usr/local/sbin:/usr/\
local/bin:/usr/sbin:/usr/bin:/sbin:/bin";function processSpec({process:process2},{command,terminal,term}){let env=[...(process2.env??[]).some(pair=>pair.startsWith(
"PATH="))?[]:[defaultPath],...(process2.env??[]).filter(pair=>!terminal||!pair.startsWith("TERM="))];return{...process2,args:command,terminal:terminal!==void 0,
...terminal&&{consoleSize:{height:terminal.rows,width:terminal.columns}},env:terminal&&term?[...env,`TERM=${term}`]:env}}var ServiceExecs=class{#containerd;#container;#bundleDir;#fifos;#count=0;constructor(containerd,container,bundleDir,fifos){this.#containerd=containerd,this.#container=
container,this.#bundleDir=bundleDir,this.#fifos=fifos}async execute(request2){return this.#count+=1,executeInContainer({containerd:this.#containerd,container:this.#container,
process:readServiceSpec(this.#bundleDir).process,folder:this.#fifos,execId:`kit-${process.pid}-${this.#count}`},request2)}async succeeds(command,limitMs){try{let execution2=await this.
execute({command,terminal:void 0,term:""}),limit=setTimeout(()=>execution2.abandon(),limitMs);execution2.endInput();for(let stream of[execution2.stdout,execution2.
stderr])stream?.resume();return await execution2.exitStatus.finally(()=>clearTimeout(limit))===0}catch{return!1}}};var deletions=new ConcurrencyLimit(4*availableParallelism()),Runner=class{bundle;log;cgroup;execs;#containerd;#kernel;#fifos;#id;#matcher;#output;#process;#hasContainer=!1;constructor(bundle,log,containerd,kernel,fifos){
this.bundle=bundle,this.log=log,this.cgroup=new ServiceCgroup(bundle.dir),this.#containerd=containerd,this.#kernel=kernel,this.#fifos=fifos,this.#id={namespace:bundle.
runtime.namespace,id:bundle.name},this.execs=new ServiceExecs(containerd,this.#id,bundle.dir,join(fifos,"exec",bundle.name)),this.#matcher=new LineMatcher(bundle.
runtime.kit.ready?.log)}async start(){try{prepareBundle(this.bundle,this.#kernel),await this.#createContainer();let{stdout,stderr}=this.#openOutput();this.#matcher.
reset();let{pid}=await this.#containerd.createTask(this.#id,{stdout,stderr});return this.#process=openProcess(pid),this.log.pid=pid,await prepareProcess(pid,this.
bundle.runtime,this.#kernel),await this.#containerd.startTask(this.#id),pid}catch(thrown){throw await this.remove(),this.#releaseProcess(),await this.#output?.flush(),
thrown}}async adopt(task){if(this.log.pid=task.pid,this.#matcher.readLog(this.log),this.#openOutput(),this.#hasContainer=!0,task.state!=="running")return;this.#process=
openProcess(task.pid);let current=await untilAnswered(()=>this.#containerd.getTask(this.#id),this.log);(current?.state!=="running"||current.pid!==task.pid)&&this.#releaseProcess()}probeTarget(pid){
return{pid,hasLogged:()=>this.#matcher.found,succeeds:(command,limitMs)=>this.execs.succeeds(command,limitMs)}}async waitForExit(){let exit=await untilAnswered(
()=>this.#containerd.waitTask(this.#id),this.log),counted=this.cgroup.usage(0),deleted=await untilAnswered(()=>deletions.run(()=>this.#containerd.deleteTask(this.#id)),
this.log);this.#releaseProcess(),await this.#output?.flush(),this.log.pid=0;let known=exit??deleted;return known&&{...known,counted}}kill(signal){this.#process?.
signal(signal)}async untilGone(){await this.#process?.ended}async remove(task){this.#hasContainer=!1;try{await removeContainer(this.#containerd,this.#id,task?.state===
"stopped")}catch(thrown){this.log.write("kit",[`cannot remove the container: ${reasonOf(thrown)}`])}}async#createContainer(){if(this.#hasContainer)return;let spec=readServiceSpec(
this.bundle.dir),create=()=>this.#containerd.createContainer(this.#id,spec,this.bundle.runtime.kit.ociRuntime);try{await create()}catch(thrown){if(!isAlreadyExists(
thrown))throw thrown;await this.remove(),await create()}this.#hasContainer=!0}#openOutput(){return this.#output??=openOutputFifos(this.#fifos,this.bundle.name,this.
log,this.#matcher),this.#output}#releaseProcess(){this.#process?.release(),this.#process=void 0}};var StateFile=class{#path;#written="";constructor(path){this.#path=path}read(){try{return JSON.parse(readFileSync(this.#path,"utf8"))}catch{return{settled:!1,services:{}}}}write({
settled,services}){let saved={settled,services:Object.fromEntries(services.map(one=>[one.name,savedService(one)]))},text=JSON.stringify(saved);text!==this.#written&&
(mkdirSync(dirname(this.#path),{recursive:!0}),writeFileSync(`${this.#path}.new`,text),renameSync(`${this.#path}.new`,this.#path),this.#written=text)}};function savedService(service){
let{wanted,pid,startedMs,restarts,failures,reached,failedOnce,lastExit}=service;return{wanted,pid,startedMs,restarts,failures,reached,failedOnce,lastExit}}var supervisorPaths={...guestPaths,state:"/run/kit/supervisor"};async function supervise(paths,kernel=bundleKernel){let containerd=new Containerd(paths.containerdSocket),
stateFile=new StateFile(`${paths.state}/state.json`),saved=stateFile.read(),bundles=readBundles("services",paths.containers),logs=new LogFolder(paths.logs),runners=bundles.
map(bundle=>{let log=new LogWriter(logs,bundle.name);return[bundle.name,new Runner(bundle,log,containerd,kernel,`${paths.state}/fifo`)]}),incidents=new Incidents(
()=>paths.incidents??incidentFolder(),paths.logs),driver=new Driver(restoreState(bundles,saved),new Map(runners),stateFile,incidents),channel=new InitChannel;reportProgress(
driver,channel);let layerFolders={folder:`${paths.state}/debug-images`,machineLayers:guestPaths.layers},debugLayers=new LayerStore(layerFolders,kernel),debugContainers=new DebugContainers(
containerd,debugLayers,kernel);debugContainers.removeLeftovers();let control=controlService(driver,{...paths,debugLayers,debugContainers,tasks:()=>listAllTasks(
containerd,bundles),endMachine:ending=>channel.send({kind:"end",ending,by:"control"})});await openListeners({control,production,log:new RateLimitedLog(printLine)},
paths),settledOrLate(driver).then(()=>copyKernelLog(new LogWriter(logs,kernelSource)));let adopted=adoptTasks(driver,containerd,saved),recordOnboot=()=>{isFirstOfBoot(
saved)&&driver.state.stage==="adopting"&&recordOnbootFailures(incidents,paths.reports)};channel.shutdown.then(async()=>{isFirstOfBoot(saved)||await adopted,recordOnboot(),
driver.dispatch({kind:"shutdown"})}),await Promise.all([adopted,channel.go]),recordOnboot(),driver.once("settled",()=>setTimeout(releaseMemory,idleMs2).unref()),
driver.dispatch({kind:"boot"})}var production=existsSync(guestPaths.production),idleMs2=5e3,maxKernelLogDelayMs=15e3;async function settledOrLate(driver){await once(
driver,"settled",{signal:AbortSignal.timeout(maxKernelLogDelayMs)}).catch(()=>{})}writeFileSync("/proc/self/comm","supervisor");process.on("SIGTERM",()=>process.exit(0));supervise(supervisorPaths).catch(thrown=>{printLine(`supervisor: ${renderError(
thrown)}`,2),process.exit(1)});
//# sourceMappingURL=main.mjs.map
