import { Controller, Get, Injectable, Module, Param, ParseIntPipe } from '@nestjs/common';

@Injectable()
export class Greetings {
  greet(count: number): string {
    return `nest ${count + 1}`;
  }
}

@Controller()
export class AppController {
  // Injected by its type, which only the metadata of decorators tells.
  constructor(private readonly greetings: Greetings) {}

  @Get(':count')
  get(@Param('count', ParseIntPipe) count: number): string {
    return this.greetings.greet(count);
  }
}

@Module({ controllers: [AppController], providers: [Greetings] })
export class AppModule {}
