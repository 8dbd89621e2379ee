FROM node:24.21.0-alpine
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev && npm cache clean --force
COPY src src
COPY samples samples
USER node
ENTRYPOINT ["node", "--import", "tsx", "src/producer/cli.ts"]
